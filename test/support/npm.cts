/** npm, for what the tests do with the package as its users get it. */
import { execFileSync } from 'node:child_process';

/**
 * Runs npm as a Node program where npm says where that is, so that it also runs where `npm` is a shell script.
 *
 * @returns its output
 */
export function npm(words: string[], cwd: string): string {
	const { npm_execpath: program } = process.env;
	const [command, ...args] = program ? [process.execPath, program, ...words] : ['npm', ...words];
	return execFileSync(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 }).toString();
}
