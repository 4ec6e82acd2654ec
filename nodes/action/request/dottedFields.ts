type Node = Record<string, unknown>;

/**
 * Changes the values that dotted names lead to; through a list, in every entry.
 *
 * @param names such as "payer.identity.name"
 * @param change gets each text, and returns what is put in its place
 * @param onMissing called for a name that leads to no text
 * @returns a copy
 */
export function changeFields(
	object: Node,
	names: string[],
	change: (text: string, name: string) => string,
	onMissing: (name: string) => void,
): Node {
	return names.reduce((copy, name) => {
		let found = 0;
		const changed = walk(copy, name.replace(/\[\d*\]/g, '').split('.'), (text) => {
			found += 1;
			return change(text, name);
		});
		if (found === 0) onMissing(name);
		return changed as Node;
	}, object);
}

function walk(value: unknown, names: string[], change: (text: string) => string): unknown {
	if (Array.isArray(value)) return value.map((entry) => walk(entry, names, change));
	if (names.length === 0) return typeof value === 'string' ? change(value) : value;
	if (typeof value !== 'object' || value === null) return value;
	const [name, ...rest] = names;
	if (!Object.hasOwn(value, name)) return value;
	return { ...value, [name]: walk((value as Node)[name], rest, change) };
}
