/** The package's own files, for tests about them; a `.cts` because the lint keeps the file system out of `.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** The text of a file, named from the top of the package. */
export function readText(file: string): string {
	return readFileSync(path.join(ROOT, file), 'utf8');
}

/** A JSON file, named from the top of the package. */
export function readJson<T>(file: string): T {
	return JSON.parse(readText(file)) as T;
}

/** All files below some folders, named from the top of the package with forward slashes. */
export function filesBelow(...folders: string[]): string[] {
	return folders.flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
			.map((file) => file.split(path.sep).join('/')),
	);
}
