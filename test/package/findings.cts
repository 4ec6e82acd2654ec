/** n8n's static analysis of packages. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.join(__dirname, '..', '..');

interface Analysis {
	passed: boolean;
	message?: string;
	details?: string;
}

/**
 * Runs the analysis that n8n makes of a package before it verifies it; needs no network. In a process of its own, since
 * it is an ES module, which Jest can't import.
 *
 * @returns what it found
 */
export function findingsIn(folder: string, what: 'sources' | 'tarball'): string[] {
	const scanner = path.join(
		path.dirname(require.resolve('@n8n/scan-community-package/package.json', { paths: [ROOT] })),
		'scanner',
		'scanner.mjs',
	);
	const program = `
		import { analyzePackage, SOURCE_FILE_PATTERNS } from ${JSON.stringify(pathToFileURL(scanner).href)};
		const patterns = process.argv[2] === 'sources' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
		console.log(JSON.stringify(await analyzePackage(process.argv[1], patterns)));
	`;
	const words = ['--input-type=module', '--eval', program, path.resolve(ROOT, folder), what];
	// Under NODE_ENV=test, which Jest sets, the rules take every file for a node.
	const env = { ...process.env, NODE_ENV: undefined };
	const output = execFileSync(process.execPath, words, { cwd: ROOT, env }).toString();
	const lines = output.trim().split('\n');
	const { passed, message, details } = JSON.parse(lines[lines.length - 1]) as Analysis;
	return passed ? [] : [`${message ?? ''} ${details ?? ''}`];
}
