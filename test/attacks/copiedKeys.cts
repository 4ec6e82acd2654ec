/** What editors, shells, JSON, YAML, env files, chats and web pages do to a key, none of which loses any of it. */
import fc, { type Arbitrary } from 'fast-check';

type Copy = (text: string) => string;

const lines = (change: (line: string, at: number) => string): Copy => {
	return (text) => text.split('\n').map(change).join('\n');
};

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** The steps that may come one after the other in any order. */
export const COPIES: Record<string, Copy> = {
	CRLF: (text) => text.replace(/\n/g, '\r\n'),
	CR: (text) => text.replace(/\n/g, '\r'),
	'literal \\n': (text) => text.replace(/\r?\n/g, '\\n'),
	'literal \\\\n': (text) => text.replace(/\r?\n/g, '\\\\n'),
	'blanks for line ends': (text) => text.replace(/\n/g, ' '),
	'no line ends': (text) => text.replace(/\n/g, ''),
	'tabs before lines': lines((line) => `\t${line}`),
	'blanks before lines': lines((line) => `      ${line}`),
	'blanks behind lines': lines((line) => `${line}   `),
	'empty lines': (text) => text.replace(/\n/g, '\n\n'),
	NBSP: (text) => text.replace(/ /g, '\u00A0'),
	'ideographic blanks': (text) => text.replace(/ /g, '\u3000'),
	'a YAML block': (text) => `private_key: |-\n${lines((line) => `  ${line}`)(text)}`,
	'a folded YAML block': (text) => `key: >\n${lines((line) => `    ${line}`)(text)}`,
	'a YAML value': (text) => `key: "${text}"`,
	'an env file': (text) => `export WECHAT_KEY="${text}"`,
	'an env file without quotes': (text) => `WECHAT_KEY=${text}`,
	'a trailing comma': (text) => `${text},`,
	'a trailing semicolon': (text) => `'${text}';`,
	JSON: (text) => JSON.stringify({ key: text }),
	'a JSON string': (text) => JSON.stringify(text),
	'JSON of PHP': (text) => JSON.stringify(text).replace(/\//g, '\\/').replace(/\+/g, '\\u002B'),
	'a JSON list of lines': (text) => JSON.stringify(text.split('\n')),
	'JavaScript lines': (text) =>
		text
			.split('\n')
			.map((line) => JSON.stringify(`${line}\n`))
			.join(' +\n\t'),
	'double quotes': (text) => `"${text}"`,
	'single quotes': (text) => `'${text}'`,
	'curly quotes': (text) => `“${text}”`,
	'Chinese quotes': (text) => `「${text}」`,
	'back-ticks': (text) => `\`${text}\``,
	'a Markdown fence': (text) => `\`\`\`pem\n${text}\n\`\`\``,
	'a quoted mail': lines((line) => `> ${line}`),
	'<br>': (text) => text.replace(/\n/g, '<br>\n'),
	'<br/> alone': (text) => text.replace(/\n/g, '<br/>'),
	paragraphs: lines((line) => `<p>${line}</p>`),
	HTML: (text) =>
		text
			.replace(/\+/g, '&#43;')
			.replace(/\//g, '&#x2F;')
			.replace(/=/g, '&#61;')
			.replace(/ /g, '&nbsp;'),
	'a URL': (text) => encodeURIComponent(text).replace(/%20/g, ' '),
	'en dashes': (text) => text.replace(/-/g, '–'),
	'em dashes': (text) => text.replace(/-----/g, '—'),
	'minus signs': (text) => text.replace(/-/g, '−'),
	'full-width hyphens': (text) => text.replace(/-/g, '－'),
	'zero-width blanks': (text) => text.replace(/\n/g, '\u200B\n'),
	'word joiners': (text) => [...text].join('\u2060'),
	'soft hyphens': (text) => text.replace(/(.{20})/g, '$1\u00AD'),
	'a BOM': (text) => `\uFEFF${text}`,
	'bidirectional marks': (text) => `\u202A${text}\u202C`,
	'a label': (text) => `Private key:\n${text}`,
	'a Chinese label': (text) => `私钥：${text}`,
	'a full-width colon': (text) => `key：${text}`,
	'no last line end': (text) => text.trim(),
	'Bag Attributes': (text) =>
		`Bag Attributes\n    localKeyID: 01 02 AB\n    friendlyName: Tenpay\nKey Attributes: <No Attributes>\n${text}`,
	base64: base64,
	'wrapped base64': (text) => base64(text).replace(/.{76}/g, '$&\n'),
};

/** Those that leave nothing to tell the lines by, so that line numbers must come before them. */
const NUMBERED: Record<string, Copy> = {
	'1 MII…': lines((line, at) => `${at + 1} ${line}`),
	'01: MII…': lines((line, at) => `${String(at + 1).padStart(2, '0')}: ${line}`),
	'1.\tMII…': lines((line, at) => `${at + 1}.\t${line}`),
	' 1 | MII…': lines((line, at) => `${String(at + 1).padStart(3)} | ${line}`),
	'// MII…': lines((line) => `// ${line}`),
	'+MII… of a comparison': lines((line) => `+${line}`),
	'without END': (text) => text.replace(/-----END[^-]*-----\n?/, ''),
	'without BEGIN': (text) => text.replace(/-----BEGIN[^-]*-----\n?/, ''),
	'without BEGIN and END': (text) => text.replace(/-----[^-]*-----\n?/g, ''),
	'without any white space': (text) => text.replace(/\s/g, ''),
	'UTF-16 in base64': (text) => Buffer.from(text, 'utf16le').toString('base64'),
};

export const FIRST_COPIES = { ...COPIES, ...NUMBERED };

/** Two encodings in a row make base64 of base64, which is read; three are nobody's. */
const MAX_ENCODINGS = 1;

/** A number or sign before each line cannot be told from the line before it once the lines are gone. */
const LINES_LOST = ['no line ends'];
const ON_LINES = Object.keys(NUMBERED).slice(0, 6);

const isEncoding = (name: string) => name.includes('base64');

/** Names of copies, the first of any kind, and what they make together. */
export const copies: Arbitrary<{ names: string[]; copy: Copy }> = fc
	.tuple(
		fc.constantFrom(...Object.keys(FIRST_COPIES)),
		fc.array(fc.constantFrom(...Object.keys(COPIES)), { maxLength: 2 }),
	)
	.map(([first, others]) => [first, ...others])
	.filter((names) => names.filter(isEncoding).length <= MAX_ENCODINGS)
	.filter(([first, ...others]) => {
		return !ON_LINES.includes(first) || !others.some((name) => LINES_LOST.includes(name));
	})
	.map((names) => ({
		names,
		copy: (text) => names.reduce((sofar, name) => FIRST_COPIES[name](sofar), text),
	}));
