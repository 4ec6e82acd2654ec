/**
 * @returns the text without blanks, line ends and characters that cannot be seen (Unicode's category Cf: byte order mark,
 *   zero-width, bidirectional, soft hyphen) at its ends, as copying from web pages and chats adds them
 */
export function trimText(text: string): string {
	return text.slice(0, endOf(text)).replace(/^[\s\p{Cf}]+/u, '');
}

/** From the end backwards; a pattern would look at the whole text, whatever there is to trim. */
function endOf(text: string): number {
	let end = text.length;
	for (;;) {
		// Some of those characters are written as two.
		const [unseen] = UNSEEN_LAST.exec(text.slice(Math.max(0, end - 2), end)) ?? [''];
		if (unseen === '') return end;
		end -= unseen.length;
	}
}

const UNSEEN_LAST = /[\s\p{Cf}]$/u;

/** @returns the text with full-width letters, digits and signs (１２Ａ：，) as the usual ones */
export function toHalfWidth(text: string): string {
	return text
		.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/\u3000/g, ' ');
}
