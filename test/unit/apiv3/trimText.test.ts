import { readBoolean } from '../../../nodes/apiv3/readBoolean';
import { toHalfWidth, trimText } from '../../../nodes/apiv3/trimText';

it.each([
	['blanks', ' \t\na b\r\n\u00A0\u3000', 'a b'],
	['what cannot be seen', '\uFEFF\u200E a\u200Bb\u00AD\u2060\u200B', 'a\u200Bb'],
	['nothing', '', ''],
	['nothing but those', ' \u200B ', ''],
])('takes %s away at the ends', (_, text, trimmed) => {
	expect(trimText(text)).toBe(trimmed);
});

it('takes no longer than the text is long', () => {
	const blanks = `x${' \u200B'.repeat(200_000)}x`;
	expect(trimText(blanks)).toBe(blanks);
});

it('makes full-width signs the usual ones', () => {
	expect(toHalfWidth('１２Ａｚ：，　好')).toBe('12Az:, 好');
});

it.each([
	[' Yes ', true],
	['ＯＦＦ', false],
	[1, true],
	[2, undefined],
	['', undefined],
	[null, undefined],
	[[true], undefined],
])('reads the boolean %p as %p', (value, truth) => {
	expect(readBoolean(value)).toBe(truth);
});
