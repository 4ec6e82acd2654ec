import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { Values } from '../../action/request/serialize';
import { singleRequest } from '../../action/request/singleRequest';
import type { Operation } from '../../action/spec';
import { nodeError } from '../../client/errors/nodeError';
import { listAll } from '../../client/listAll';
import { openSession } from '../../client/openSession';
import type { Row } from '../../client/response/parseResponse';
import type { Session } from '../../client/session';
import { getManyCampaigns } from '../operations/campaign/getMany';
import { getManyCards } from '../operations/card/getMany';

/** A drop-down with more entries than this is of no use; the filter then finds the others by their ID. */
const MAX_ENTRIES = 500;

/** The merchant's card templates, for choosing one in the editor. */
export async function searchCards(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, getManyCards, [{}], filter, ({ card_id: id, title, status }) => ({
		name: `${String(title)} (${String(id)}${status === 'APPROVED' ? '' : `, ${String(status)}`})`,
		value: String(id),
	}));
}

/** The merchant's campaigns; WeChat Pay lists them by their kind. */
export async function searchCampaigns(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const kinds = getManyCampaigns.fields.find(
		({ wireName }) => wireName === 'activity_type',
	)?.property;
	const forms = (kinds?.options ?? []).map((kind) => ({
		activityType: 'value' in kind ? kind.value : '',
	}));
	return await search(this, getManyCampaigns, forms, filter, (row) => ({
		name: `${String(row.activity_name)} (${String(row.activity_id)}, ${String(row.activity_status)})`,
		value: String(row.activity_id),
	}));
}

async function search(
	context: ILoadOptionsFunctions,
	operation: Operation,
	forms: Values[],
	filter: string | undefined,
	entryOf: (row: Row) => INodeListSearchItems,
): Promise<INodeListSearchResult> {
	let reason: unknown;
	try {
		const session = await openSession(context);
		const rows: Row[] = [];
		for (const form of forms) rows.push(...(await listed(session, operation, form, context)));
		const wanted = filter?.toLowerCase() ?? '';
		const entries = rows.map(entryOf);
		return { results: entries.filter(({ name }) => name.toLowerCase().includes(wanted)) };
	} catch (error) {
		reason = error;
	}
	throw nodeError(context.getNode(), reason);
}

async function listed(
	session: Session,
	operation: Operation,
	form: Values,
	context: ILoadOptionsFunctions,
): Promise<Row[]> {
	const request = singleRequest(session, operation, form, context);
	return (
		await listAll(session, request, operation.response ?? { requiredFields: [] }, MAX_ENTRIES)
	).rows;
}
