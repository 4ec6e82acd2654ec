/**
 * Jest's runner, but that it does not load a file without a test for the mutant, begins with the quickest files, and
 * ends with the first one that fails. Stryker tells Jest the names of the tests and no more, and Jest's own `bail` ends
 * the process.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const { default: TestRunner } = require('jest-runner');

module.exports = class extends TestRunner {
	async runTests(tests, watcher, options) {
		const { rootDir, testNamePattern } = this._globalConfig;
		// In Stryker's copy of the project, where all its processes find it.
		const notes = path.join(rootDir, '.tests.json');
		if (process.env.__STRYKER_ACTIVE_MUTANT__ === undefined) {
			const seen = {};
			this.on('test-file-success', ([test, { perfStats, testResults }]) => {
				const names = testResults.map(({ fullName }) => fullName);
				seen[test.path] = { ms: perfStats.runtime, names };
			});
			await super.runTests(tests, watcher, options);
			writeFileSync(notes, JSON.stringify(seen));
			return;
		}
		let hasFailed = false;
		this.on('test-file-success', ([, { numFailingTests, testExecError }]) => {
			hasFailed ||= numFailingTests > 0 || testExecError !== undefined;
		});
		const known = JSON.parse(readFileSync(notes, 'utf8'));
		for (const test of needed(tests, known, testNamePattern)) {
			if (!hasFailed) await super.runTests([test], watcher, options);
		}
	}
};

function needed(tests, known, pattern = '') {
	const wanted = new RegExp(pattern);
	return tests
		.filter((test) => known[test.path].names.some((name) => wanted.test(name)))
		.sort((one, other) => known[one.path].ms - known[other.path].ms);
}
