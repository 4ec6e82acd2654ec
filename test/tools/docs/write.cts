/**
 * `npm run docs`: writes what the catalogues say into the docs folder.
 * `npm run docs -- --check`: ends with 1 where that would change anything.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { pageOf } from '../../../nodes/action/form/docsPage.ts';
import { actionNodes } from './catalogue.cts';
import { glossary } from './glossary.cts';
import { notificationsPage } from './notificationsPage.cts';
import { resourcePage } from './operationsPage.cts';
import { operationsIndex } from './operationsTable.cts';
import { knownErrorsPage } from './refusalsPage.cts';

const ROOT = findRoot(__dirname);
const OPERATIONS = 'docs/operations';
const isCheck = process.argv.includes('--check');

/** What a file holds once it is up to date. */
const WRITTEN: Record<string, (present: string) => string> = {
	'docs/known-errors.md': () => knownErrorsPage(),
	'docs/notifications.md': () => notificationsPage(),
	'docs/zh-CN.md': (present) => between('docs/zh-CN.md', present, 'glossary', glossary()),
	[`${OPERATIONS}/README.md`]: () => operationsIndex(),
	...Object.fromEntries(
		actionNodes.flatMap((node) =>
			node.resources.map((resource) => [
				`${OPERATIONS}/${pageOf(resource)}`,
				() => resourcePage(node, resource),
			]),
		),
	),
};

/** The folder of package.json, wherever below it this program is. */
function findRoot(folder: string): string {
	return existsSync(path.join(folder, 'package.json')) ? folder : findRoot(path.dirname(folder));
}

/** Puts a text between two markers of a Markdown file. */
function between(file: string, present: string, name: string, text: string): string {
	const [start, end] = [`<!-- ${name}: written by npm run docs -->`, `<!-- /${name} -->`];
	const [before, rest] = present.split(start);
	const [, after] = rest?.split(end) ?? [];
	if (after === undefined) throw new Error(`${file} has no markers for ${name}`);
	return `${before}${start}\n\n${text}\n\n${end}${after}`;
}

function read(file: string): string {
	const full = path.join(ROOT, file);
	return existsSync(full) ? readFileSync(full, 'utf8') : '';
}

function write(file: string, text: string): void {
	const full = path.join(ROOT, file);
	mkdirSync(path.dirname(full), { recursive: true });
	writeFileSync(full, text);
}

/** Pages of resources that the catalogues no longer have. */
function obsoletePages(): string[] {
	const folder = path.join(ROOT, OPERATIONS);
	const files = existsSync(folder) ? readdirSync(folder) : [];
	return files.map((file) => `${OPERATIONS}/${file}`).filter((file) => !(file in WRITTEN));
}

const stale = Object.entries(WRITTEN)
	.map(([file, wanted]) => ({ file, text: wanted(read(file)) }))
	.filter(({ file, text }) => read(file) !== text);
const obsolete = obsoletePages();
const changes = [...stale.map(({ file }) => file), ...obsolete];

if (isCheck) {
	for (const file of changes) {
		console.error(`${file} is stale: run npm run docs and commit the result.`);
	}
	process.exitCode = changes.length > 0 ? 1 : 0;
} else {
	for (const { file, text } of stale) write(file, text);
	for (const file of obsolete) rmSync(path.join(ROOT, file));
}
console.log(
	changes.length === 0
		? 'The documentation is up to date.'
		: `${isCheck ? 'Stale' : 'Written'}: ${changes.join(', ')}`,
);
