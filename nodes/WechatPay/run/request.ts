import type { KeyObject } from 'node:crypto';

import { encryptField } from '../../apiv3/cipher';
import type { Merchant } from '../../apiv3/merchant';
import type { Upload } from '../../apiv3/upload';
import { uploadBody } from '../../apiv3/upload';
import { failureDetailsOf, notSent } from '../../client/errors/requestError';
import type { Request } from '../../client/types';
import type { Endpoint, Field, Operation, Parameter } from '../operations/types';
import { RuleViolation } from '../operations/types';
import { readJson } from './additionalJson';
import type { Setting, Values } from './values';
import { FieldViolation, toWire } from './values';

/** Checked values, by where they go and by wire name. */
export type Checked = Record<Parameter['in'], Record<string, unknown>>;

/** An endpoint, or a whole operation with what only these have. */
type Spec = Endpoint & Partial<Omit<Operation, keyof Endpoint>>;

/**
 * Checks the values of an endpoint. Nothing has been sent yet.
 *
 * @throws ItemFailure (`not_sent`) naming the field by its label, the rule and the item
 */
export function checkValues(spec: Spec, values: Values, setting: Setting, index: number): Checked {
	return orNotSent(index, () => {
		const sent = toWire(spec.fields, values, setting);
		const checked: Checked = { path: {}, query: {}, body: {}, form: {} };
		for (const { wire, in: place } of spec.fields) {
			if (sent[wire] !== undefined) checked[place][wire] = sent[wire];
		}
		const json = spec.takesJson ? readJson(values.additionalFieldsJson, Object.keys(sent)) : {};
		const body = { ...checked.body, ...json };
		if (spec.optional === 'updateFields') checkChange(body);
		return { ...checked, body };
	});
}

/** An update without anything to update is a form that somebody forgot to fill in. */
function checkChange(body: Record<string, unknown>): void {
	if (Object.keys(body).some((wire) => wire !== 'out_request_no')) return;
	throw new FieldViolation("'Update Fields' is empty: add the fields that shall change");
}

/** What a request is made of beside the values of the form. */
interface Ingredients {
	/** Of our own making, if the user gave none. */
	requestNumber?: string;
	/** What WeChat Pay answered to the endpoint that the spec reads first. */
	read?: Record<string, unknown>;
	/** The file of a spec that sends one. */
	upload?: Upload;
}

/**
 * Builds the request of checked values.
 *
 * @throws ItemFailure (`not_sent`) for values that do not go together
 */
export function buildRequest(
	spec: Spec,
	checked: Checked,
	merchant: Pick<Merchant, 'baseUrl' | 'keys' | 'wechatPaySerial'>,
	index: number,
	{ read = {}, upload, requestNumber }: Ingredients = {},
): Request {
	const { form, body } = checked;
	// Read once: whatever is downloaded later, name and encrypted fields stay together.
	const { baseUrl, keys, wechatPaySerial } = merchant;
	const key = keys.get(wechatPaySerial ?? '');
	const front = orNotSent(index, () => spec.compose?.({ form, body, read }) ?? {});
	const query = orNotSent(index, () => sealed(spec, checked.query, key));
	const content = orNotSent(index, () => sealed(spec, body, key));
	const sent = {
		...shown(spec.fields, { ...checked.path, ...checked.query, ...front, ...body }),
		...front,
		...(upload ? { filename: upload.filename } : {}),
	};
	const names = spec.fields
		.filter(({ in: place }) => place === 'path' || place === 'query')
		.map(({ wire }) => wire);
	return {
		method: spec.method,
		url: baseUrl + pathOf(spec, checked.path) + queryOf(query),
		...(upload ? uploadBody(upload) : jsonOf(spec, { ...front, ...content })),
		wechatPaySerial,
		sent,
		identity: picked(sent, [...names, 'out_request_no', spec.namedBy]),
		requestNumber,
		retryPolicy: spec,
	};
}

/** Sensitive fields encrypted for WeChat Pay, by the key that the request names (protocol.md d). */
function sealed(
	{ fields }: Spec,
	values: Record<string, unknown>,
	key: KeyObject | undefined,
): Record<string, unknown> {
	const secret = fields.filter(({ sensitive, wire }) => sensitive && wire in values);
	if (secret.length === 0) return values;
	if (!key) {
		throw new FieldViolation(
			'None of the platform certificates of WeChat Pay is valid now, and sensitive fields are encrypted with one: run the workflow again, which downloads them anew',
		);
	}
	const encrypted = secret.map(({ wire }) => [wire, encryptField(String(values[wire]), key)]);
	return { ...values, ...Object.fromEntries(encrypted) };
}

/** The single values among those sent, by wire name; none that is sensitive. */
function shown(fields: Field[], values: Record<string, unknown>): Record<string, unknown> {
	return Object.assign(
		{},
		...fields.map((field): Record<string, unknown> => {
			const value = values[field.wire];
			if (field.sensitive || value === undefined) return {};
			if (!field.property) return shown(field.fields ?? [], value as Record<string, unknown>);
			return typeof value === 'object' ? {} : { [field.wire]: value };
		}),
	) as Record<string, unknown>;
}

function picked(
	values: Record<string, unknown>,
	names: Array<string | undefined>,
): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

function pathOf({ path }: Spec, values: Record<string, unknown>): string {
	return path.replace(/{(\w+)}/g, (_, wire: string) => encodeURIComponent(String(values[wire])));
}

function queryOf(values: Record<string, unknown>): string {
	const pairs = Object.entries(values).map(
		([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
	);
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** Without any field for it there is no body, not even an empty one. */
function jsonOf({ fields, compose }: Spec, body: Record<string, unknown>): Pick<Request, 'body'> {
	const hasBody = compose !== undefined || fields.some(({ in: place }) => place === 'body');
	return hasBody ? { body: Buffer.from(JSON.stringify(body)) } : {};
}

function orNotSent<T>(index: number, work: () => T): T {
	let reason: unknown;
	try {
		return work();
	} catch (error) {
		reason = error;
	}
	const isViolation = reason instanceof FieldViolation || reason instanceof RuleViolation;
	const { message, field } = isViolation
		? (reason as FieldViolation)
		: { message: failureDetailsOf(reason).message, field: undefined };
	throw notSent(`${message} [item ${index}]`, { field });
}
