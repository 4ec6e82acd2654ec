/** Child processes with a log file each; none outlives the run. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { REPORT } from './report.cts';

const running = new Set<ChildProcess>();

// A process group of its own takes the children of a killed process along.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => {
		killAll();
		process.exit(1);
	});
}
process.on('exit', killAll);

function killAll(): void {
	for (const child of running) kill(child, 'SIGKILL');
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// It has ended meanwhile.
	}
}

export interface Running {
	name: string;
	/** Its output so far. */
	log(): string;
	/** Ends it as a user would, and waits. */
	stop(): Promise<void>;
	/** Ends it as a power cut would, and waits. */
	kill(): Promise<void>;
	/** Whether it is still there. */
	isRunning(): boolean;
}

/**
 * Starts a program that goes on running.
 *
 * @param folder its own, removed when it ends
 */
export function start(
	name: string,
	[program, ...args]: string[],
	env: NodeJS.ProcessEnv = {},
	folder?: string,
): Running {
	const file = path.join(REPORT, `${name}.log`);
	const log = createWriteStream(file);
	const child = spawn(program, args, { env: { ...process.env, ...env }, detached: true });
	running.add(child);
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	const closed = once(child, 'close').then(() => {
		running.delete(child);
		log.end();
		if (folder) rmSync(folder, { recursive: true, force: true });
	});
	const end = async (signal: NodeJS.Signals) => {
		kill(child, signal);
		await closed;
	};
	return {
		name,
		log: () => readFileSync(file, 'utf8'),
		stop: async () => {
			const impatient = setTimeout(() => kill(child, 'SIGKILL'), 20_000);
			await end('SIGTERM');
			clearTimeout(impatient);
		},
		kill: async () => await end('SIGKILL'),
		isRunning: () => child.exitCode === null && child.signalCode === null,
	};
}

/**
 * Runs a program to its end.
 *
 * @returns its output
 * @throws Error with the end of its output where it does not succeed
 */
export function run([program, ...args]: string[], options: { cwd?: string; env?: object } = {}) {
	const { status, stdout, stderr, error } = spawnSync(program, args, {
		cwd: options.cwd,
		env: { ...process.env, ...options.env },
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	if (status === 0) return stdout;
	const said = `${stdout ?? ''}${stderr ?? ''}`.slice(-2000);
	throw new Error(
		`${program} ${args.join(' ')}: ${error?.message ?? `ended with ${status}`}\n${said}`,
	);
}
