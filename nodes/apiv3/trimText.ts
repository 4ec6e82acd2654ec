/**
 * @returns the text without blanks, line ends and characters that cannot be seen (Unicode's category Cf: byte order mark,
 *   zero-width, bidirectional, soft hyphen) at its ends, as copying from web pages and chats adds them
 */
export function trimText(text: string): string {
	// The look-behind lets the second pattern start only once in each run: no text takes longer than its length.
	return text.replace(/^[\s\p{Cf}]+/u, '').replace(/(?<![\s\p{Cf}])[\s\p{Cf}]+$/u, '');
}

/** @returns the text with full-width letters, digits and signs (１２Ａ：，) as the usual ones */
export function toHalfWidth(text: string): string {
	return text
		.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/\u3000/g, ' ');
}
