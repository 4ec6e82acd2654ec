/** The command, in this process and in one of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { format } from 'node:util';

import { notify } from './notifying.cts';

/** @returns how it ended and all it wrote */
export async function runNotify(...args: string[]): Promise<{ status: number; output: string }> {
	let output = '';
	const write = (...said: unknown[]) => (output += `${format(...said)}\n`);
	const status = await notify(args, { log: write, error: write });
	return { status, output };
}

/** The same, in a process of its own: how it is started and how it ends. */
export async function spawnNotify(...args: string[]): Promise<{ status: number; output: string }> {
	const program = ['--require', 'tsx/cjs', path.join(__dirname, 'notify.cts'), ...args];
	const child = spawn(process.execPath, program, { cwd: path.join(__dirname, '..', '..', '..') });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const [status] = (await once(child, 'close')) as [number];
	return { status, output };
}
