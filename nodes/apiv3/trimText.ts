/**
 * @returns the text without blanks, line ends and characters that cannot be seen (Unicode's category Cf: byte order mark,
 *   zero-width, bidirectional, soft hyphen) at its ends, as copying from web pages and chats adds them
 */
export function trimText(text: string): string {
	const rest = text.replace(/^[\s\p{Cf}]+/u, '');
	// That pattern looks at all of a text, however little there is to trim.
	return UNSEEN_LAST.test(rest.slice(-2)) ? rest.replace(UNSEEN_END, '') : rest;
}

/** Of the last two, since some of those characters are written as two. */
const UNSEEN_LAST = /[\s\p{Cf}]$/u;
/** The look-behind lets it start only once in each run: no text takes longer than its length. */
const UNSEEN_END = /(?<![\s\p{Cf}])[\s\p{Cf}]+$/u;

/** @returns the text with full-width letters, digits and signs (１２Ａ：，) as the usual ones */
export function toHalfWidth(text: string): string {
	return text
		.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/\u3000/g, ' ');
}
