import type { INodeExecutionData } from 'n8n-workflow';

import type { Row } from '../../client/response/parseResponse';
import type { Request } from '../../client/types';
import type { Operation } from '../operations/types';
import type { Answered } from './answer';
import { fetchAnswer } from './answer';
import type { Batch } from './batch';
import { requestOf } from './itemRequest';
import { readParameters } from './parameters';
import { simplified, toJson } from './toItems';
import type { Values } from './values';

/** What became of an item that succeeded. */
export interface Done {
	done: INodeExecutionData[];
	/** What people know the item by, if anything. */
	name?: string;
}

/**
 * The whole way of one item.
 *
 * @returns its output items: one, or one for each entry of a list
 * @throws ItemFailure
 */
export async function runItem(batch: Batch, index: number): Promise<Done> {
	const values = readParameters(batch.context, batch.parameters, index);
	return await batch.turns.take(thingOf(batch.operation, values), async () => {
		const request = await requestOf(batch, values, index);
		const answered = await fetchAnswer(batch, request, values, index);
		return toItems(batch, request, answered, values, index);
	});
}

/** What is read first and changed then, which must not be changed in between by another item. */
function thingOf({ reads }: Operation, values: Values): string | undefined {
	if (!reads) return undefined;
	return JSON.stringify(reads.fields.map(({ property }) => values[property?.name ?? '']));
}

function toItems(
	{ operation }: Batch,
	request: Request,
	{ rows, object, requestId }: Answered,
	{ simplify }: Values,
	index: number,
): Done {
	const simple = [rows ?? object ?? []].flat().map((row) => simplified(row, operation, simplify));
	const json = rows
		? simple.map((row): Row => ({ ...(request.identity as Row), ...row }))
		: [toJson(operation, request, simple[0], requestId)];
	const name = request.sent[operation.namedBy ?? ''];
	return {
		done: json.map((one) => ({ json: one, pairedItem: { item: index } })),
		name: name === undefined ? undefined : String(name),
	};
}
