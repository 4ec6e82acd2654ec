/** Enough to recognize a value by. */
const LONGEST = 60;

/**
 * What somebody else wrote, as a message may show it: short, and with nothing in it that can't be seen or that turns the
 * text around.
 */
export function printable(text: string, longest = LONGEST): string {
	const seen = text
		.slice(0, longest)
		.replace(/[<\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${codeOf(character)}}`);
	return text.length > longest ? `${seen}…` : seen;
}

function codeOf(character: string): string {
	return (character.codePointAt(0) ?? 0).toString(16);
}
