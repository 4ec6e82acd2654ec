/** Enough to recognize a value by. */
const MAX_LENGTH = 60;

/**
 * What somebody else wrote, as a message may show it: short, and with nothing in it that can't be seen or that turns
 * the text around.
 */
export function printable(text: string, maxLength = MAX_LENGTH): string {
	const seen = text
		.slice(0, maxLength)
		.replace(/[<\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${codeOf(character)}}`);
	return text.length > maxLength ? `${seen}…` : seen;
}

function codeOf(character: string): string {
	return (character.codePointAt(0) ?? 0).toString(16);
}
