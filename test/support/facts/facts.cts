/** WeChat Pay's own words on each operation, the copy that the catalogue is held against. */
import type { Endpoint, Operation } from '../../../nodes/action/spec.ts';
import { readJson } from '../files.cts';

/** A documented field; `required_if` and `limits` are prose. */
export interface Fact {
	name?: string;
	/** WeChat Pay's Chinese name of it. */
	zh?: string;
	type: string;
	format?: string;
	required?: boolean;
	required_by_role?: Record<string, boolean>;
	max_length?: number;
	min_length?: number;
	minimum?: number;
	maximum?: number;
	enum?: string[];
	/** WeChat Pay's Chinese names of the values, where its page has them. */
	enum_zh?: Record<string, string>;
	encrypted?: boolean;
	/** Whose it is: of direct merchants, or of service providers. */
	roles?: string[];
	example?: unknown;
	fields?: Fact[];
	items?: Fact;
}

/** A documented operation. */
export interface OperationFacts {
	id: string;
	/** WeChat Pay's Chinese name of it. */
	zh: string;
	method: string;
	path: string;
	path_params: Fact[];
	query_params: Fact[];
	body_params: Fact[];
	response_fields: Fact[];
	success: { status: number; has_body: boolean };
	retry: { safe: string };
	docs: { merchant?: string; partner?: string };
}

const FAMILIES = ['membercard-api', 'payments-api'];

export const facts = FAMILIES.flatMap(
	(family) =>
		readJson<{ operations: OperationFacts[] }>(`test/support/facts/${family}.json`).operations,
);

/** @throws Error for an endpoint that WeChat Pay does not document */
export function factsOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): OperationFacts {
	const found = facts.find((one) => one.method === method && one.path === path);
	if (!found) throw new Error(`WeChat Pay documents no ${method} ${path}`);
	return found;
}

/**
 * The page that describes an operation: of one that hands on a file as it is, that of the download, since the request
 * before it has an operation of its own.
 */
export function pageFactsOf(
	operation: Pick<Endpoint, 'method' | 'path'> & Partial<Pick<Operation, 'file'>>,
): OperationFacts {
	const { file } = operation;
	return factsOf(file && !file.statement ? file.endpoint : operation);
}

/** A documented notification; the fields of its data are on record for member cards only. */
export interface EventFacts {
	event_type: string;
	/** WeChat Pay's own name for it, which it also sends as the summary. */
	zh: string;
	original_type?: string;
	plaintext?: Fact[];
}

export const eventFacts = readJson<{ events: EventFacts[] }>(
	'test/support/facts/notifications.json',
).events;
