/**
 * Puts an entry behind all others, and drops the one that was not used for the longest time where there are too many.
 *
 * @param entries in the order in which they were last used
 * @param most entries that are kept
 * @returns the value
 */
export function putLast<T>(entries: Map<string, T>, name: string, value: T, most: number): T {
	entries.delete(name);
	entries.set(name, value);
	const [oldest] = entries.keys();
	if (entries.size > most) entries.delete(oldest);
	return value;
}
