/**
 * `npm run docs`: writes what the catalogue says into the README and the docs folder.
 * `npm run docs -- --check`: ends with 1 where that would change anything.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { notificationsPage } from './notificationsPage.cts';
import { operationsPage } from './operationsPage.cts';
import { operationsTable } from './operationsTable.cts';
import { refusalsPage } from './refusalsPage.cts';

const ROOT = path.join(__dirname, '..', '..');
const isCheck = process.argv.includes('--check');

/** What a file holds once it is up to date. */
const WRITTEN: Record<string, (present: string) => string> = {
	'README.md': (present) => between(present, 'operations', operationsTable()),
	'docs/notifications.md': () => notificationsPage(),
	'docs/operations.md': () => operationsPage(),
	'docs/refusals.md': () => refusalsPage(),
};

/** Puts a text between two markers of a Markdown file. */
function between(file: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name}: written by npm run docs -->`, `<!-- /${name} -->`];
	const [before, rest] = file.split(start);
	const [, after] = rest?.split(end) ?? [];
	if (after === undefined) throw new Error(`README.md has no markers for ${name}`);
	return `${before}${start}\n\n${text}\n\n${end}${after}`;
}

function read(file: string): string {
	try {
		return readFileSync(path.join(ROOT, file), 'utf8');
	} catch {
		return '';
	}
}

const stale = Object.entries(WRITTEN).filter(([file, write]) => read(file) !== write(read(file)));
for (const [file, write] of stale) {
	if (isCheck) console.error(`${file} is stale: run npm run docs and commit the result.`);
	else writeFileSync(path.join(ROOT, file), write(read(file)));
}
console.log(
	stale.length === 0
		? 'The documentation is up to date.'
		: `${isCheck ? 'Stale' : 'Written'}: ${stale.map(([file]) => file).join(', ')}`,
);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;
