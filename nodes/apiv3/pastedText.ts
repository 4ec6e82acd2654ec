import { attempt } from './attempt';
import { toHalfWidth } from './trimText';

/** What programs write for a character; digits after `#` and `#x` are its number. */
const ENTITIES: Record<string, string> = {
	nbsp: ' ',
	ensp: ' ',
	emsp: ' ',
	tab: ' ',
	newline: '\n',
	quot: '"',
	apos: "'",
	amp: '&',
	lt: '<',
	gt: '>',
	plus: '+',
	sol: '/',
	equals: '=',
	hyphen: '-',
	dash: '-',
	ndash: '-',
	mdash: '-',
	shy: '',
};

/**
 * Takes back what programs do to text on its way into a form: escapes of JSON, YAML, shells, URLs and HTML, full-width
 * and typographic signs, characters that cannot be seen. Every pattern is bounded: no text takes longer than its length.
 *
 * @returns text of ASCII where the original was, with `\n` for all line ends and `-` for all dashes
 */
export function unescapeText(text: string): string {
	return toHalfWidth(decodeEntities(decodeUrl(withoutUnseen(text))))
		.replace(/\\{1,9}(?:u00|x)([0-9a-f]{2})/gi, (_, code: string) =>
			characterOf(parseInt(code, 16)),
		)
		.replace(/\\{1,9}[rn]/g, '\n')
		.replace(/\\{1,9}t/g, ' ')
		.replace(/\\{1,9}(?=[/"'`\s]|$)/g, '')
		.replace(/["'`]\s{0,9}[+.&]\s{0,40}(?=["'`])/g, '\n')
		.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
		.replace(/[\p{Cf}\0]/gu, '')
		.replace(/[\p{Pd}\u2212\u2500\u30FC\u00AF]/gu, '-')
		.replace(/[^\S\n]/g, ' ');
}

function withoutUnseen(text: string): string {
	return text.replace(/[\p{Cf}\0]/gu, '');
}

function decodeUrl(text: string): string {
	return text.replace(
		/(?:%[0-9a-f]{2})+/gi,
		(run) => attempt(() => decodeURIComponent(run)) ?? run,
	);
}

function decodeEntities(text: string): string {
	return text
		.replace(/&amp;/gi, '&')
		.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
			const number = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
			return name.startsWith('#') ? characterOf(number) : (ENTITIES[name.toLowerCase()] ?? whole);
		})
		.replace(/<\/?[a-z][^<>]{0,200}>/gi, '\n');
}

function characterOf(code: number): string {
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
