/** The documentation as it is in the repository: no dead link, a short README, plain words. */
import { filesBelow, readText } from '../../support/files.cts';
import { anchorsOf, linksOf, prose } from './markdown.cts';

const pages = [
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...filesBelow('docs').filter((file) => file.endsWith('.md')),
];
const sources = filesBelow('nodes', 'credentials', 'test').filter((file) => /\.c?ts$/.test(file));

/** Written from what others decide about, and in words of their own. */
const GENERATED = /^docs\/(operations\/|known-errors|notifications|zh-CN)/;

it.each(pages)('%s has no dead link', (page) => {
	const folder = new URL(`file:///${page}`);
	const dead = linksOf(readText(page)).filter((link) => {
		const { pathname, hash } = new URL(link, folder);
		try {
			const target = readText(pathname.slice(1));
			return hash !== '' && !anchorsOf(target).includes(decodeURIComponent(hash.slice(1)));
		} catch {
			return true;
		}
	});
	expect(dead).toEqual([]);
});

it('finds a dead link and a dead anchor', () => {
	expect(linksOf('[a](b.md#c) [d](https://e.example) <img src="f.png"> ![g](h.png)')).toEqual([
		'b.md#c',
		'h.png',
		'f.png',
	]);
	expect(anchorsOf('# A `b` (c)\n\n## A b c\n\n```\n# no\n```\n')).toEqual(['a-b-c', 'a-b-c-1']);
});

it('keeps the README under 900 words, and the Chinese guide in its first lines', () => {
	const readme = readText('README.md');
	expect(readme.split(/\s+/).filter(Boolean).length).toBeLessThan(900);
	expect(readme.split('\n').slice(0, 5).join('\n')).toContain('(docs/zh-CN.md)');
});

it.each(pages.filter((page) => !GENERATED.test(page)))('%s is in plain words', (page) => {
	const odd = /\b(can not|by hand|mend(s|ed)?)\b/gi;
	expect(prose(readText(page)).match(odd) ?? []).toEqual([]);
});

/** A comment whose lines are joined. */
const unwrapped = (text: string) => text.replace(/\n\s*(\*|\/\/) /g, ' ');

it('has every heading of the account of the protocol that code refers to', () => {
	const headings = [...readText('docs/protocol.md').matchAll(/^#+ (.+)$/gm)].map(
		([, text]) => text,
	);
	const references = sources.flatMap((file) =>
		[...unwrapped(readText(file)).matchAll(/docs\/protocol\.md, ([A-Z][^*\n]*)/g)].map(
			([, text]) => ({
				file,
				text,
			}),
		),
	);
	const unknown = references.filter(
		({ text }) => !headings.some((heading) => text.startsWith(heading)),
	);
	expect(unknown).toEqual([]);
});
