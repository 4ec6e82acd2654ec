/** The demo as a process of its own, and files for it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');

/** Runs the demo over a file. @returns its exit code and all it printed */
export async function runDemo(file: string): Promise<{ code: number; output: string }> {
	const args = ['--require', 'tsx/cjs', path.join('test', 'tools', 'demo', 'demo.cts'), file];
	const demo = spawn(process.execPath, args, { cwd: ROOT });
	let output = '';
	for (const stream of [demo.stdout, demo.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const [code] = (await once(demo, 'close')) as [number];
	return { code, output };
}

/** @returns the path of a new file with this text, or these bytes */
export function temporaryFile(text: string | Buffer): string {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'orders-')), 'orders.csv');
	writeFileSync(file, text);
	return file;
}
