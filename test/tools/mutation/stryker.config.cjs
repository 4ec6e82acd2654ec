/** Stryker's settings for the part that MUTATION_PART names; `npm run mutation` sets it. */
const parts = require('./parts.json');

const { MUTATION_PART: part, MUTATION_EVERY: every = '1' } = process.env;
const isSample = every !== '1';
const results = `.cache/mutation/${part}`;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
module.exports = {
	mutate: parts[part].mutate,
	testRunner: 'jest',
	jest: { configFile: 'test/tools/mutation/jest.config.cjs', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	plugins: [
		'@stryker-mutator/jest-runner',
		'./test/tools/mutation/formTexts.mjs',
		'./test/tools/mutation/everyNth.mjs',
	],
	checkers: isSample ? ['every-nth'] : [],
	ignorers: ['form-texts'],
	// @swc/jest does not look at types.
	disableTypeChecks: true,
	// More than there are processors on a small machine: tests wait, for time-outs and for the network.
	concurrency: 3,
	// Executions that a mutant never let end stay behind in the process, and so does some of each test's memory.
	maxTestRunnerReuse: 20,
	// The tests talk to the fake WeChat Pay over HTTP and wait for what does not answer.
	timeoutMS: 30_000,
	dryRunTimeoutMinutes: 30,
	// What a sample leaves out must not be remembered as tested.
	incremental: !isSample,
	incrementalFile: `${results}.incremental.json`,
	tempDirName: '.cache/mutation/tmp',
	cleanTempDir: 'always',
	ignorePatterns: ['.cache', 'dist', 'e2e-report'],
	reporters: ['json', 'progress-append-only'],
	jsonReporter: { fileName: `${results}.json` },
	allowConsoleColors: false,
};
