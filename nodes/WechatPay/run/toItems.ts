import type { Row } from '../../client/response/parseResponse';
import type { Request } from '../../client/types';
import type { Operation } from '../operations/types';

/** What is left of a row by 'Simplify'. */
export function simplified(row: Row, { answer }: Operation, simplify: unknown): Row {
	const { simple } = answer ?? {};
	if (!simple || simplify === false) return row;
	return Object.fromEntries(simple.filter((name) => name in row).map((name) => [name, row[name]]));
}

/**
 * The JSON of an item for a request that is not answered by a list. An empty answer confirms what was sent, so the item
 * says that; an answer with a body speaks for itself, beside the names it was asked by.
 */
export function toJson(
	operation: Operation,
	{ sent, identity, method }: Request,
	row: Row | undefined,
	requestId: string | undefined,
): Row {
	const mark = method === 'DELETE' ? { deleted: true } : method === 'GET' ? {} : { success: true };
	const content = row ? { ...identity, ...row } : operation.answer ? identity : sent;
	const trace = requestId === undefined ? {} : { request_id: requestId };
	return { ...mark, ...content, ...trace } as Row;
}
