/**
 * `npm run mutation [-- part ...] [--every n]`: changes the code in thousands of small ways, and fails where the tests do not
 * notice enough of them, or where one they do not notice has no reason in `survivors.json`.
 *
 * Stryker remembers the results of earlier runs, in `.cache/mutation`; only what changed since is tested again.
 * With `--every 10` it tests every tenth change only, and remembers none: an estimate that takes a tenth of the time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import Table from 'cli-table3';

import parts from './parts.json';
import type { Report, Survivor } from './report.cts';
import { counted, sampled } from './report.cts';
import { compared } from './survivors.cts';

const ROOT = path.join(__dirname, '..', '..', '..');
const WANTED = 95;

const { positionals: wishes, values } = parseArgs({
	allowPositionals: true,
	options: { every: { type: 'string', default: '1' } },
});
const every = Number(values.every);
const explained = readJson<Survivor[]>('test/tools/mutation/survivors.json');

function main(): void {
	if (!Number.isInteger(every) || every < 1) throw new RangeError('--every takes a whole number');
	const wanted = wishes.length > 0 ? wishes : Object.keys(parts);
	const shortfalls = wanted.flatMap(tested);
	if (shortfalls.length === 0) return;
	console.error(`\n${shortfalls.join('\n')}`);
	process.exitCode = 1;
}

/** Tests one part and prints its scores. @returns a line on each thing that is not as it should be */
function tested(part: string): string[] {
	if (every === 1) forgetSurvivors(`.cache/mutation/${part}.incremental.json`);
	const stryker = path.join('node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
	const { status } = spawnSync(
		process.execPath,
		[stryker, 'run', 'test/tools/mutation/stryker.config.cjs'],
		{
			cwd: ROOT,
			stdio: 'inherit',
			env: { ...process.env, MUTATION_PART: part, MUTATION_EVERY: String(every) },
		},
	);
	if (status !== 0) return [`${part}: Stryker did not come to an end`];
	const report = sampled(readJson<Report>(`.cache/mutation/${part}.json`), every);
	const score = print(part, report);
	const { unexplained, outdated } = compared(report, explained);
	return [
		...(score < WANTED ? [`${part}: ${score.toFixed(2)} % killed, wanted ${WANTED} %`] : []),
		...unexplained.map((one) => `Survives without a reason: ${JSON.stringify(one)}`),
		...(every > 1 ? [] : outdated).map(
			(one) => `Does not survive any more: ${JSON.stringify(one)}`,
		),
	];
}

/**
 * Stryker takes a survivor for one until the text of a test that comes by it has changed; a new row in a table of tests
 * does not change that. So all survivors are tested again.
 */
function forgetSurvivors(file: string): void {
	if (!existsSync(path.join(ROOT, file))) return;
	const results = readJson<Report>(file);
	for (const one of Object.values(results.files)) {
		one.mutants = one.mutants.filter(
			({ status }) => status !== 'NoCoverage' && status !== 'Survived',
		);
	}
	writeFileSync(path.join(ROOT, file), JSON.stringify(results));
}

/** @returns the score of all files together */
function print(part: string, report: Report): number {
	const table = new Table({
		head: ['', '% killed', 'killed', 'timeout', 'survived', 'not covered', 'not counted'],
		style: { head: [], border: [] },
	});
	const files = counted(report);
	for (const { name, score, killed, timeout, survived, uncovered, invalid } of files) {
		table.push([name, score.toFixed(2), killed, timeout, survived, uncovered, invalid]);
	}
	console.log(`\n${part}\n${table.toString()}`);
	return files[files.length - 1].score;
}

function readJson<T>(file: string): T {
	return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as T;
}

main();
