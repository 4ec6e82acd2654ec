/**
 * The headers of an HTTP message, in every form in which Node, Fetch and the common HTTP clients have them. Names may
 * be in any case. A value that is not text counts as absent, a list of values as that many headers of the name.
 */
export type HttpHeaders =
	/** Node's `IncomingHttpHeaders` and `headersDistinct`; any plain object. */
	| Readonly<Record<string, unknown>>
	/** Fetch `Headers`, a `Map`, or a list of `[name, value]` pairs. */
	| Iterable<HeaderEntry>
	/** An object with only `entries()`. */
	| { entries(): Iterable<HeaderEntry> }
	/** Node's `rawHeaders`: name, value, name, value. */
	| readonly string[];

/** One header. */
export type HeaderEntry = readonly [name: string, value: unknown];

/**
 * Finds a header. Never throws, with any input.
 *
 * @param headers as received
 * @param name in lower case
 * @returns every value that the message has under this name, in order; none where it is absent
 */
export function headerValues(headers: HttpHeaders, name: string): unknown[] {
	return headerEntries(headers)
		.filter(([key, value]) => key.toLowerCase() === name && value !== undefined)
		.flatMap(([, value]) => value);
}

/**
 * The text of a header of which a message may have only one.
 *
 * @param headers as received
 * @param name in lower case
 * @returns undefined when it is absent, not text, or there more than once
 */
export function headerOf(headers: HttpHeaders, name: string): string | undefined {
	const values = headerValues(headers, name);
	return values.length === 1 && typeof values[0] === 'string' ? values[0] : undefined;
}

/**
 * All headers as a list. What is looked up more than once has to be read into one first: an iterator can be read only
 * once. Never throws, with any input.
 *
 * @param headers as received
 */
export function headerEntries(headers: HttpHeaders): HeaderEntry[] {
	try {
		return listed(headers).filter(isEntry);
	} catch {
		// No object, or another library's iterator that fails: there is nothing to verify then.
		return [];
	}
}

function listed(headers: object): unknown[] {
	if (Array.isArray(headers) && !headers.some(Array.isArray)) return inPairs(headers);
	if (Symbol.iterator in headers) return [...(headers as Iterable<unknown>)];
	const { entries } = headers as { entries?: unknown };
	if (typeof entries !== 'function') return Object.entries(headers);
	return [...(entries.call(headers) as Iterable<unknown>)];
}

function inPairs(list: unknown[]): unknown[] {
	return list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1]]] : []));
}

function isEntry(one: unknown): one is HeaderEntry {
	return Array.isArray(one) && typeof one[0] === 'string';
}
