/** The tarball that users install, and n8n's static analysis of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.join(__dirname, '..', '..');

export interface Packed {
	/** Path of the tarball. */
	file: string;
	/** Its files, named from the top of the package. */
	files: string[];
	/** In bytes. */
	size: number;
}

/** Packs the package as it is built now. */
export function pack(): Packed {
	const folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
	const npm = process.env.npm_execpath;
	const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const output = npm
		? execFileSync(process.execPath, [npm, ...words], { cwd: ROOT })
		: execFileSync('npm', words, { cwd: ROOT });
	const parsed = JSON.parse(output.toString()) as PackOutput | Record<string, PackOutput[number]>;
	const [{ filename, files, size }] = Array.isArray(parsed) ? parsed : Object.values(parsed);
	return {
		file: path.join(folder, path.basename(filename)),
		files: files.map((file) => file.path),
		size,
	};
}

type PackOutput = Array<{ filename: string; size: number; files: Array<{ path: string }> }>;

/** @returns the folder that the tarball was unpacked into */
export function unpack({ file }: Packed): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'unpacked-'));
	execFileSync('tar', ['-xzf', file, '-C', folder, '--strip-components=1']);
	return folder;
}

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
