import { printable } from '../../../../nodes/client/errors/printable';

it.each([
	['an order', 'ORDER-1 积分 é 🎁', 'ORDER-1 积分 é 🎁'],
	['a line end', 'a\r\nb', 'a\\u{d}\\u{a}b'],
	['what has no width', 'a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
	['what turns the text around', 'a\u202eb', 'a\\u{202e}b'],
	['line and paragraph separators', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
	['half a character', 'a\ud83c', 'a\\u{d83c}'],
	['60 characters', 'x'.repeat(60), 'x'.repeat(60)],
	['more of them', 'x'.repeat(61), `${'x'.repeat(60)}…`],
])('%s', (_, text, shown) => {
	expect(printable(text)).toBe(shown);
});

it('as much as the message has room for', () => {
	expect(printable('abcdef', 6)).toBe('abcdef');
	expect(printable('abcdef', 5)).toBe('abcde…');
});
