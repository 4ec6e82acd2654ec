import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { rethrow } from '../../apiv3/attempt';
import type { Values } from '../../action/request/serialize';
import { singleRequest } from '../../action/request/singleRequest';
import type { Operation } from '../../action/spec';
import { nodeError } from '../../client/errors/nodeError';
import { listAll } from '../../client/listAll';
import { openSession } from '../../client/openSession';
import type { Listing } from '../../client/pagination';
import type { Row } from '../../client/response/parseResponse';
import { readObject } from '../../client/response/parseResponse';
import { sendWithRetries } from '../../client/sendWithRetries';
import type { Session } from '../../client/session';
import { getCampaign } from '../operations/campaign/get';
import { getManyCampaigns } from '../operations/campaign/getMany';
import { getCard } from '../operations/card/get';
import { getManyCards } from '../operations/card/getMany';

/** How many entries of a kind are read at once; the editor asks for more at the end of its list. */
const CHUNK = 100;

/** How many chunks are searched for a text before the editor has to ask for more. */
const MAX_CHUNKS = 3;

/** A text that may be a whole ID. Shorter ones are still being typed. */
const ID = /^[\w-]{8,64}$/;

/** What can be chosen from a list, and how one entry is read by its ID. */
interface Source {
	list: Operation;
	/** The lists that there are, as the form's values. */
	forms: Values[];
	get: Operation;
	/** Name of the form's field for the ID. */
	idField: string;
	entryOf: (row: Row) => INodeListSearchItems;
}

/** Where the next chunk of each list begins; null at its end. */
type Position = Array<number | null>;

/** The merchant's card templates, for choosing one in the editor. */
export async function searchCards(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const cards: Source = {
		list: getManyCards,
		forms: [{}],
		get: getCard,
		idField: 'cardId',
		entryOf: ({ card_id: id, title, status }) => ({
			name: `${String(title)} (${String(id)}${status === 'APPROVED' ? '' : `, ${String(status)}`})`,
			value: String(id),
		}),
	};
	return await search(this, cards, filter, paginationToken);
}

/** The merchant's campaigns; WeChat Pay lists them by their kind. */
export async function searchCampaigns(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const kinds = getManyCampaigns.fields.find(
		({ wireName }) => wireName === 'activity_type',
	)?.property;
	const campaigns: Source = {
		list: getManyCampaigns,
		forms: (kinds?.options ?? []).map((kind) => ({
			activityType: 'value' in kind ? kind.value : '',
		})),
		get: getCampaign,
		idField: 'activityId',
		entryOf: (row) => ({
			name: `${String(row.activity_name)} (${String(row.activity_id)}, ${String(row.activity_status)})`,
			value: String(row.activity_id),
		}),
	};
	return await search(this, campaigns, filter, paginationToken);
}

async function search(
	context: ILoadOptionsFunctions,
	source: Source,
	filter: string | undefined,
	paginationToken: unknown,
): Promise<INodeListSearchResult> {
	return await rethrow(
		async () => {
			const session = await openSession(context);
			const wanted = filter?.trim() ?? '';
			if (ID.test(wanted) && paginationToken === undefined) {
				const named = await byId(session, source, wanted, context);
				if (named) return { results: [named] };
			}
			return await fromLists(session, source, wanted.toLowerCase(), context, paginationToken);
		},
		(reason) => nodeError(context.getNode(), reason),
	);
}

/** @returns the entry that has the text for its ID, if there is one */
async function byId(
	session: Session,
	{ get, idField, entryOf }: Source,
	id: string,
	context: ILoadOptionsFunctions,
): Promise<INodeListSearchItems | undefined> {
	const request = singleRequest(session, get, { [idField]: id }, context);
	try {
		return entryOf({ ...readObject(await sendWithRetries(session, request), request) });
	} catch {
		// Most likely it is no ID but a part of a name; what else is wrong, the list tells as well.
		return undefined;
	}
}

/** Goes through the lists until there is something to show. */
async function fromLists(
	session: Session,
	source: Source,
	wanted: string,
	context: ILoadOptionsFunctions,
	paginationToken: unknown,
): Promise<INodeListSearchResult> {
	let position = readPosition(paginationToken) ?? source.forms.map(() => 0);
	const results: INodeListSearchItems[] = [];
	for (let chunk = 0; chunk < MAX_CHUNKS && results.length === 0; chunk += 1) {
		const next: Position = [];
		for (const [at, form] of source.forms.entries()) {
			const start = position[at] ?? null;
			const listing =
				start === null ? undefined : await listed(session, source, form, context, start);
			const entries = (listing?.rows ?? []).map(source.entryOf);
			results.push(...entries.filter(({ name }) => name.toLowerCase().includes(wanted)));
			next.push(listing?.next ?? null);
		}
		position = next;
		if (position.every((start) => start === null)) return { results };
	}
	return { results, paginationToken: JSON.stringify(position) };
}

/** The token is what this file gave to the editor, and the editor's to change. */
function readPosition(token: unknown): Position | undefined {
	return typeof token === 'string' && /^\[(\d+|null)(,(\d+|null))*\]$/.test(token)
		? (JSON.parse(token) as Position)
		: undefined;
}

async function listed(
	session: Session,
	{ list }: Source,
	form: Values,
	context: ILoadOptionsFunctions,
	start: number,
): Promise<Listing> {
	const request = singleRequest(session, list, form, context);
	return await listAll(session, request, list.response ?? { requiredFields: [] }, CHUNK, start);
}
