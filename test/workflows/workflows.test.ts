/** The rules that GitHub's workflows keep: what is pinned, what a job may do, and what can publish. */
import { parse } from 'yaml';

import { filesBelow, readText } from '../support/files.cts';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	uses?: string;
	needs?: string | string[];
	environment?: string;
	permissions?: Record<string, string>;
	steps?: Step[];
	'timeout-minutes'?: number;
}

interface Workflow {
	on: Record<string, unknown>;
	permissions: unknown;
	jobs: Record<string, Job>;
}

const files = filesBelow('.github/workflows');
const read = (name: string) => parse(readText(`.github/workflows/${name}.yml`)) as Workflow;
const stepsOf = ({ steps = [] }: Job) => steps;
const jobs = files.flatMap((file) =>
	Object.entries((parse(readText(file)) as Workflow).jobs).map(
		([name, job]) => [`${file} ${name}`, job] as const,
	),
);

/** Runs everything of a program that can be run there: code of the repository or of its dependencies. */
const RUNS_CODE = /npm (ci|i|install|test|run|exec|pack)\b|npx|\.ci\/run|node /;

describe('every workflow', () => {
	it('is looked at here', () => {
		expect(files.sort()).toEqual(['.github/workflows/ci.yml', '.github/workflows/publish.yml']);
	});

	it.each(files)('%s pins every action by commit, with the version behind it', (file) => {
		const uses = readText(file)
			.split('\n')
			.filter((line) => /\buses:/.test(line));
		expect(uses).not.toEqual([]);
		for (const line of uses) {
			expect(line).toMatch(
				/uses: (\.\/\.github\/workflows\/[\w-]+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
			);
		}
	});

	it.each(files)('%s pins one action by one commit only', (file) => {
		const all = files.map(readText).join('\n');
		for (const [, action, commit] of readText(file).matchAll(/uses: ([\w/-]+)@([0-9a-f]{40})/g)) {
			const others = [...all.matchAll(new RegExp(`${action}@([0-9a-f]+)`, 'g'))];
			expect(new Set(others.map(([, other]) => other))).toEqual(new Set([commit]));
		}
	});

	it.each(files)('%s allows nothing but what a job asks for', (file) => {
		expect((parse(readText(file)) as Workflow).permissions).toEqual({});
	});

	it.each(jobs)('%s says what it may do and when it is ended', (_, job) => {
		expect(job.permissions).toBeDefined();
		// A called workflow has the time limits of its own jobs.
		if (job.uses === undefined) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
	});

	it.each(jobs)('%s leaves no token behind for the code that it runs', (_, job) => {
		const checkouts = stepsOf(job).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
		for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false);
	});

	it.each(files)('%s puts no text from outside into a command', (file) => {
		const steps = Object.values((parse(readText(file)) as Workflow).jobs).flatMap(stepsOf);
		for (const { run = '' } of steps) expect(run).not.toContain('${{');
	});

	it('installs what the lock file says', () => {
		const commands = jobs.flatMap(([, job]) => stepsOf(job).map(({ run = '' }) => run));
		expect(commands.filter((run) => /npm (i|install|update)\b/.test(run))).toEqual([]);
	});
});

describe('CI', () => {
	const { on, jobs: all } = read('ci');

	it('runs on pull requests, on main, and for a release', () => {
		expect(Object.keys(on)).toEqual(['pull_request', 'push', 'workflow_call']);
	});

	it('only reads', () => {
		for (const job of Object.values(all)) expect(job.permissions).toEqual({ contents: 'read' });
	});

	it('takes every step of .ci/run, each in one job', () => {
		const [, listed = ''] = /^STEPS=\((.+)\)$/m.exec(readText('.ci/run')) ?? [];
		const taken = Object.values(all)
			.flatMap(stepsOf)
			.flatMap(({ run = '' }) => /^\.ci\/run (.+)$/.exec(run)?.[1].split(' ') ?? []);
		expect(listed.split(' ').length).toBeGreaterThan(5);
		expect(taken.sort()).toEqual(listed.split(' ').sort());
	});

	it('tests on every Node that is supported', () => {
		expect(all.tests).toHaveProperty('strategy.matrix.node', [20, 22, 24]);
	});
});

describe('publishing', () => {
	const { on, jobs: all } = read('publish');
	const { check, pack, publish } = all;

	it('starts with a version tag and in no other way', () => {
		expect(on).toEqual({ push: { tags: ['[0-9]+.[0-9]+.[0-9]+'] } });
		expect(Object.keys(all)).toEqual(['check', 'pack', 'publish']);
	});

	it('checks all, then packs, then publishes', () => {
		expect(check.uses).toBe('./.github/workflows/ci.yml');
		expect(pack.needs).toBe('check');
		expect(publish.needs).toBe('pack');
	});

	it('gives the token that npm trusts to one job alone, which may do nothing else', () => {
		const holders = jobs.filter(([, job]) => JSON.stringify(job.permissions).includes('id-token'));
		expect(holders.map(([name]) => name)).toEqual(['.github/workflows/publish.yml publish']);
		expect(publish.permissions).toEqual({ 'id-token': 'write' });
		const writers = jobs.filter(([, job]) => JSON.stringify(job.permissions).includes('write'));
		expect(writers).toEqual(holders);
	});

	it('has a protected environment for that job', () => {
		expect(publish.environment).toBe('npm');
	});

	it('runs nothing of the repository or of its dependencies in that job', () => {
		const [setup, download, ...commands] = stepsOf(publish);
		expect(setup.uses).toMatch(/^actions\/setup-node@/);
		expect(download.uses).toMatch(/^actions\/download-artifact@/);
		// What is in a cache may come from another workflow.
		expect(setup.with).toEqual({ 'node-version': 24, 'package-manager-cache': false });
		expect(commands.map(({ uses }) => uses)).toEqual([undefined, undefined]);
		const [compare, upload] = commands.map(({ run }) => run);
		expect(compare).toBe('echo "$SHA256  $TARBALL" | sha256sum --check --strict');
		expect(upload).toBe('npm publish "./$TARBALL" --provenance --access public --ignore-scripts');
		expect(`${compare} ${upload}`).not.toMatch(RUNS_CODE);
	});

	it('packs a tested version that is tagged as itself and is on main', () => {
		const commands = stepsOf(pack).map(({ run = '' }) => run);
		const at = (part: string) => commands.findIndex((run) => run.includes(part));
		const order = [
			'test "$GITHUB_REF_NAME" = "$(node -p',
			'git merge-base --is-ancestor "$GITHUB_SHA" origin/main',
			'npm ci',
			'npm run build',
			'npm test -- --ci',
			'npm pack --ignore-scripts',
		].map(at);
		expect(order).not.toContain(-1);
		expect(order).toEqual([...order].sort((a, b) => a - b));
		expect(commands[at('npm pack')]).toContain('sha256sum');
	});
});

describe('the forms for issues', () => {
	it.each(['bug', 'feature'])('%s warns of keys', (name) => {
		const form = readText(`.github/ISSUE_TEMPLATE/${name}.yml`);
		expect(form).toContain('**Never paste keys or credentials here**');
	});

	it('ask for the outcome, with every one that there is, and for the Request-ID', () => {
		const { body } = parse(readText('.github/ISSUE_TEMPLATE/bug.yml')) as {
			body: Array<{ id?: string; attributes: { options?: unknown[] } }>;
		};
		const field = (id: string) => body.find((one) => one.id === id);
		expect(field('outcome')?.attributes.options).toEqual(
			expect.arrayContaining(['refused', 'partial', 'unknown', 'not_sent']),
		);
		expect(field('request_id')).toBeDefined();
	});
});
