/** The tarball that users install. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { npm } from './npm.cts';

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
	const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const parsed = JSON.parse(npm(words, ROOT)) as PackOutput | Record<string, PackOutput[number]>;
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
