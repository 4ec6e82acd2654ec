import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { knownEndpoints } from '../../client/endpoints/knownEndpoints';

/** More entries than this nobody reads; typing narrows them. */
const MAX_ENTRIES = 200;

/** WeChat Pay's endpoints of the chosen method, by their Chinese titles and their paths. */
export async function searchApiPaths(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const method = String(this.getCurrentNodeParameter('method') ?? 'GET');
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	const results = (await knownEndpoints())
		.filter((one) => one.method === method && !one.takesFile)
		.map(({ path, title }) => ({ name: `${title} (${path})`, value: path }))
		.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
		.slice(0, MAX_ENTRIES);
	return { results };
}
