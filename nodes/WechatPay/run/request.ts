import type { Merchant } from '../../apiv3/merchant';
import type { Field, Operation } from '../operations/types';
import { RuleViolation } from '../operations/types';
import { notSent } from './outcome';
import type { Values } from './parameters';

/** A request ready to be signed and sent, as often as need be, with identical bytes. */
export interface Request {
	method: Operation['method'];
	/** Absolute, percent-encoded. */
	url: string;
	body: Buffer;
	/** What was put into it, by wire name: the identity of the item in outputs and messages. */
	sent: Record<string, string | number>;
}

/**
 * Checks the values and builds the request. Values that are left empty are not sent.
 *
 * @throws ItemFailure (`not_sent`) naming the field by its label, the rule and the item
 */
export function buildRequest(
	operation: Operation,
	values: Values,
	merchant: Pick<Merchant, 'mchid' | 'baseUrl'>,
	index: number,
): Request {
	const sent: Request['sent'] = {};
	const body: Request['sent'] = {};
	let path = operation.path;
	for (const field of operation.fields) {
		const value = valueOf(field, values, merchant.mchid, index);
		if (value === undefined) continue;
		sent[field.wire] = value;
		if (field.in === 'body') body[field.wire] = value;
		else path = path.replace(`{${field.wire}}`, () => encodeURIComponent(value));
	}
	return {
		method: operation.method,
		url: merchant.baseUrl + path,
		body: Buffer.from(JSON.stringify(body)),
		sent,
	};
}

function valueOf(
	field: Field,
	values: Values,
	merchantId: string,
	index: number,
): string | number | undefined {
	const given = values[field.wire];
	if (!isEmpty(given)) return checked(field, given, index);
	if (field.merchantUnless && isEmpty(values[field.merchantUnless])) return merchantId;
	if (!field.property.required) return undefined;
	throw notSent(
		`'${field.property.displayName}' is empty: map it to a value of the input item [item ${index}]`,
		{ field: field.wire },
	);
}

function isEmpty(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() === '';
	return value === undefined || value === null;
}

function checked(field: Field, value: unknown, index: number): string | number {
	let rule: string;
	try {
		return field.check(value);
	} catch (error) {
		rule = error instanceof RuleViolation ? error.message : 'can not be read';
	}
	throw notSent(`'${field.property.displayName}' ${rule} [item ${index}]`, { field: field.wire });
}
