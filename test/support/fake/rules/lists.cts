/** Lists that are wrong in ways a caller has to notice, made of the right answer (misbehaviour.cts). */
import { randomBytes } from 'node:crypto';

import { exampleOf, operationAt } from './facts.cts';

/** A page of a list as it is answered. */
export interface List {
	data: object[];
	total_count: number;
	offset: number;
	limit: number;
}

/** The names of a row's identity: each row of an endless list has values of its own for those it has. */
const IDENTITIES = ['card_id', 'code', 'activity_id'];

/** The list in an answer's body; undefined when it is none. */
export function readList(body: string): List | undefined {
	const list = body === '' ? undefined : (JSON.parse(body) as List);
	return list?.total_count === undefined ? undefined : list;
}

/** A list without rows that counts some. */
export function withoutData({ data: _, ...rest }: List): object {
	return { ...rest, total_count: Math.max(rest.total_count, 1) };
}

/** As many new rows as fit on the page, and more to come; `url` tells which list it is. */
export function endless(list: List, url: string): object {
	const data = Array.from({ length: list.limit }, () => newRow(url));
	// More than there is up to the next page, whether offset counts pages or records.
	return { ...list, data, total_count: (list.offset + 2) * list.limit };
}

/** The same rows, and a total_count of ten pages more. */
export function promisingMore(list: List): object {
	return { ...list, total_count: list.total_count + 10 * list.limit };
}

function newRow(url: string): object {
	const { data } = exampleOf(operationAt('GET', url.split('?')[0]).response_fields);
	const [row] = data as [Record<string, unknown>];
	const names = IDENTITIES.filter((name) => name in row);
	return { ...row, ...Object.fromEntries(names.map((name) => [name, freshName()])) };
}

/** Sixteen digits: short enough for every identity. */
function freshName(): string {
	return String(randomBytes(8).readBigUInt64BE()).padStart(16, '0').slice(-16);
}
