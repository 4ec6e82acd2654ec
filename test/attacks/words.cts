/** What n8n asks of messages, and what keeps them readable. */

/** n8n's UX rules forbid these; a code such as SYSTEM_ERROR, or what somebody else said, is quoted. */
const FORBIDDEN = /\b(error|problem|failure|mistake)s?\b/i;
const QUOTED = /"[^"]*"|\([A-Z0-9_]+\)/g;

/** Longer messages nobody reads; WeChat Pay's own words are part of some. */
const LONGEST = 1500;

/** What is wrong with a message; nothing where it is as it should be. */
export function faultsOf(message: unknown): string[] {
	if (typeof message !== 'string' || message === '') return ['it is no text'];
	const word = FORBIDDEN.exec(message.replace(QUOTED, ''))?.[0];
	return [
		...(message.length > LONGEST ? [`it has ${message.length} characters`] : []),
		...(word ? [`it says ${word}`] : []),
		...(/\p{Cc}/u.test(message) ? ['it has control characters'] : []),
	];
}
