/** A TypeScript program compiled against the package as it is packed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** What a program that uses the package has to have installed. */
const INSTALLED = ['n8n-workflow', '@types/node', 'undici-types'];

/**
 * Compiles a program strictly, as if the package were installed beside it.
 *
 * @param packageFolder the unpacked package
 * @param source a file, named from the top of the repository
 * @param names what the program is called there, once or more; the suffix decides what kind of module it is
 * @param options of the compiler, such as `--module node16`
 * @returns the compiler's findings, one each
 */
export function findingsOfCompiler(
	packageFolder: string,
	source: string,
	names: string[],
	options: string[],
): string[] {
	const folder = mkdtempSync(path.join(tmpdir(), 'consumer-'));
	install(folder, 'n8n-nodes-wechatpay', packageFolder);
	for (const one of INSTALLED) install(folder, one, path.join(ROOT, 'node_modules', one));
	for (const name of names) copyFileSync(path.join(ROOT, source), path.join(folder, name));
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true }));
	const compiler = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	const words = [compiler, ...ALWAYS, ...options, ...names];
	const { stdout, status } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
	if (status === 0) return [];
	return stdout.trim().split('\n');
}

const ALWAYS = [
	'--noEmit',
	'--strict',
	// The package is linked; what it imports is installed beside the link.
	'--preserveSymlinks',
	// Checking n8n's own declarations would take most of the time; index.d.ts is compared with its sources by
	// test/types/sameTypes.ts.
	'--skipLibCheck',
	...['--target', 'es2022'],
];

function install(folder: string, name: string, from: string): void {
	const place = path.join(folder, 'node_modules', name);
	mkdirSync(path.dirname(place), { recursive: true });
	symlinkSync(from, place, 'dir');
}

/** Runs an ES module that imports the package by its name; returns what it printed. */
export function runModule(packageFolder: string, program: string): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'module-'));
	install(folder, 'n8n-nodes-wechatpay', packageFolder);
	writeFileSync(path.join(folder, 'program.mjs'), program);
	return execFileSync(process.execPath, ['program.mjs'], { cwd: folder }).toString().trim();
}
