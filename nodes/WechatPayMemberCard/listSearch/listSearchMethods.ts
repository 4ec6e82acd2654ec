import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

type Search = [filter?: string, paginationToken?: unknown];

/** n8n's `methods.listSearch`, loaded when the editor asks for a list. */
export const listSearch = {
	async searchCards(
		this: ILoadOptionsFunctions,
		...search: Search
	): Promise<INodeListSearchResult> {
		const { searchCards } = await import('./listSearch');
		return await searchCards.call(this, ...search);
	},

	async searchCampaigns(
		this: ILoadOptionsFunctions,
		...search: Search
	): Promise<INodeListSearchResult> {
		const { searchCampaigns } = await import('./listSearch');
		return await searchCampaigns.call(this, ...search);
	},
};
