/** @returns what was thrown, in its own words */
export function reasonText(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : String(thrown);
}

/** @returns the same, closed by a full stop where it has no mark at its end */
export function reasonSentence(thrown: unknown): string {
	const text = reasonText(thrown);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
