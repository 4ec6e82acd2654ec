/** An endpoint of WeChat Pay's. */
export interface KnownEndpoint {
	method: string;
	/** With `{name}` for what changes. */
	path: string;
	/** WeChat Pay's own, in Chinese. */
	title: string;
	/** Whether it takes a file, which is signed in a way of its own. */
	takesFile: boolean;
}

let known: KnownEndpoint[] | undefined;

/** All endpoints on record. The list is large, so it is loaded when it is first asked for. */
export async function knownEndpoints(): Promise<KnownEndpoint[]> {
	if (known) return known;
	const { ENDPOINT_LIST } = await import('./endpointList');
	known = ENDPOINT_LIST.split('\n').map((line) => {
		const [method, path, title, file] = line.split('\t');
		return { method, path, title, takesFile: file === 'file' };
	});
	return known;
}

/** The endpoint that a path, as it goes on the wire, belongs to; undefined for one that is not on record. */
export async function findEndpoint(
	method: string,
	path: string,
): Promise<KnownEndpoint | undefined> {
	const segments = path.split('/');
	const matches = (await knownEndpoints()).filter(
		(one) => one.method === method && fits(one.path.split('/'), segments),
	);
	// `/x/id/{id}` is closer to /x/id/1 than `/x/{kind}/{id}` is.
	return matches.sort((a, b) => variablesIn(a) - variablesIn(b))[0];
}

function fits(template: string[], segments: string[]): boolean {
	return (
		template.length === segments.length &&
		template.every((part, index) =>
			part.includes('{') ? segments[index] !== '' : part === segments[index],
		)
	);
}

function variablesIn({ path }: KnownEndpoint): number {
	return path.split('{').length;
}
