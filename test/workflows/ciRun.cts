/** `.ci/run` with stand-ins for npm and npx, which only write down what they were called with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/**
 * @param failing part of the command that is to fail
 * @returns how the script ended, what it printed, and what it called
 */
export function ciRun(args: string[], failing = '-') {
	const folder = mkdtempSync(path.join(tmpdir(), 'ci-run-'));
	const calls = path.join(folder, 'calls');
	writeFileSync(calls, '');
	for (const name of ['npm', 'npx']) {
		const script = `#!/bin/sh\necho "${name} $*" >> "$CALLS"\ncase "$*" in *"$FAILING"*) exit 7;; esac\n`;
		writeFileSync(path.join(folder, name), script, { mode: 0o755 });
	}
	const { status, stdout, stderr } = spawnSync(path.join(ROOT, '.ci', 'run'), args, {
		encoding: 'utf8',
		env: { PATH: `${folder}:${process.env.PATH}`, CALLS: calls, FAILING: failing },
	});
	const called = readFileSync(calls, 'utf8').split('\n').filter(Boolean);
	return { status, output: stdout + stderr, called };
}
