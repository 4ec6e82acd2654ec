import type { INodeExecutionData } from 'n8n-workflow';

import type { Row } from '../../client/response/parseResponse';
import type { Request } from '../../client/types';
import type { Values } from '../request/serialize';
import type { Operation } from '../spec';
import { appended, frontEnd, marks } from './addedOutput';
import type { ExecutionContext } from './executionContext';
import type { FetchedResponse } from './fetchResponse';

/** What became of an item that succeeded. */
export interface ItemSuccess {
	items: INodeExecutionData[];
	/** What people know the item by, if anything. */
	label?: string;
}

/** What an item brings along beside its request. */
interface ItemInput {
	values: Values;
	/** Checked values that are not sent themselves. */
	form: Record<string, unknown>;
	/** When the request was first sent, in ms since 1970. */
	since: number;
}

/** The output items of a response: one, or one for each entry of a list. */
export function toItems(
	execution: ExecutionContext,
	request: Request,
	{ rows, isComplete, object, binary, requestId }: FetchedResponse,
	{ values: { simplify }, form, since }: ItemInput,
	index: number,
): ItemSuccess {
	const { operation, merchant } = execution;
	const simple = [rows ?? object ?? []].flat().map((row) => simplified(row, operation, simplify));
	const json = rows
		? simple.map((row) => (isComplete ? row : { ...(request.identity as Row), ...row }))
		: [
				toJson(operation, request, simple[0], requestId, {
					...marks(operation, object ?? {}, since),
					...appended(operation, object ?? {}, form),
					...frontEnd(operation, request, object ?? {}, merchant),
				}),
			];
	const name = request.sent[operation.itemLabel ?? ''];
	return {
		items: json.map((one) => ({
			json: one,
			...(binary ? { binary } : {}),
			pairedItem: { item: index },
		})),
		label: name === undefined ? undefined : String(name),
	};
}

/** What is left of a row by 'Simplify'. */
export function simplified(row: Row, { response }: Operation, simplify: unknown): Row {
	const { simplifiedFields } = response ?? {};
	if (!simplifiedFields || simplify === false) return row;
	return Object.fromEntries(
		simplifiedFields.filter((name) => name in row).map((name) => [name, row[name]]),
	);
}

/**
 * The JSON of an item for a request that is not answered by a list. An empty response confirms what was sent, so the
 * item says that; a response with a body speaks for itself, beside the names it was asked by.
 */
export function toJson(
	operation: Operation,
	{ sent, identity, method }: Request,
	row: Row | undefined,
	requestId: string | undefined,
	added: Row = {},
): Row {
	const mark = method === 'DELETE' ? { deleted: true } : method === 'GET' ? {} : { success: true };
	const content = row ? { ...identity, ...row } : operation.response ? identity : sent;
	const trace = requestId === undefined ? {} : { request_id: requestId };
	return { ...mark, ...content, ...added, ...trace } as Row;
}
