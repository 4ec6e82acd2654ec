import type { KeyObject } from 'node:crypto';

import { rethrow } from '../../apiv3/attempt';
import { encryptField } from '../../apiv3/cipher';
import type { Merchant } from '../../apiv3/merchant';
import type { Upload } from '../../apiv3/multipart';
import { uploadBody } from '../../apiv3/multipart';
import { failureDetailsOf, notSent } from '../../client/errors/requestError';
import type { Request } from '../../client/types';
import type { Endpoint, Field, Operation, Parameter } from '../spec';
import { ValidationError } from '../spec';
import { readAdditionalFields } from './additionalFields';
import { namingField } from './requestNumber';
import type { SerializeContext, Values } from './serialize';
import { FieldValidationError, serialize } from './serialize';
import { subjectOf } from './subject';

/** Checked values, by where they go and by wire name. */
export type ValidatedValues = Record<Parameter['in'], Record<string, unknown>>;

/** An endpoint, or a whole operation with what only these have. */
type Spec = Endpoint & Partial<Omit<Operation, keyof Endpoint>>;

/**
 * Checks the values of an endpoint. Nothing has been sent yet.
 *
 * @throws RequestError (`not_sent`) naming the field by its label, the rule and the item
 */
export function checkValues(
	spec: Spec,
	values: Values,
	context: SerializeContext,
): ValidatedValues {
	return orNotSent(() => {
		const sent = serialize(spec.fields, values, context);
		const validated: ValidatedValues = { path: {}, query: {}, body: {}, form: {} };
		for (const { wireName, in: place } of spec.fields) {
			if (sent[wireName] !== undefined) validated[place][wireName] = sent[wireName];
		}
		const json = spec.takesJson
			? readAdditionalFields(values.additionalFieldsJson, wireNames(spec.fields), spec.computed)
			: {};
		const body = { ...validated.body, ...json };
		if (spec.optional === 'updateFields') checkChange(body, namingField(spec.fields)?.wireName);
		return { ...validated, body };
	});
}

function wireNames(fields: Field[]): string[] {
	return fields.map(({ wireName }) => wireName);
}

/** An update without anything to update is a form that somebody forgot to fill in. */
function checkChange(body: Record<string, unknown>, number?: string): void {
	if (Object.keys(body).some((wire) => wire !== number)) return;
	throw new FieldValidationError("'Update Fields' is empty: add the fields that shall change");
}

/** What a request is made of beside the values of the form. */
interface BuildInput {
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
 * @throws RequestError (`not_sent`) for values that do not go together
 */
export function buildRequest(
	spec: Spec,
	validated: ValidatedValues,
	merchant: Pick<Merchant, 'mchid' | 'baseUrl' | 'keys' | 'wechatPaySerial'>,
	{ read = {}, upload, requestNumber }: BuildInput = {},
): Request {
	const { form, body } = validated;
	// Read once: whatever is downloaded later, name and encrypted fields stay together.
	const { baseUrl, keys, wechatPaySerial } = merchant;
	const key = keys.get(wechatPaySerial ?? '');
	const front = orNotSent(() => spec.buildBody?.({ form, body, read }) ?? {});
	const query = orNotSent(() => encryptSensitive(spec, validated.query, key));
	const content = orNotSent(() => encryptSensitive(spec, body, key));
	const sent = {
		...visibleValues(spec.fields, { ...validated.path, ...validated.query, ...body, ...front }),
		...front,
		...(upload ? { filename: upload.filename } : {}),
	};
	const names = spec.fields
		.filter(({ in: place }) => place === 'path' || place === 'query')
		.filter(({ property }) => property?.type !== 'hidden')
		.map(({ wireName }) => wireName);
	return {
		method: spec.method,
		url: baseUrl + pathOf(spec, validated.path) + queryOf(query),
		...(upload
			? uploadBody(upload)
			: jsonOf(spec, { ...without(front, content), ...content, ...front })),
		wechatPaySerial,
		sent,
		identity: pick(sent, [...names, namingField(spec.fields)?.wireName, spec.itemLabel]),
		subject: {
			...signerOf(spec, merchant),
			...subjectOf(spec.fields, { ...validated.path, ...validated.query, ...body, ...front }),
		},
		response: spec.response,
		requestNumber,
		retryPolicy: spec,
	};
}

/**
 * Sensitive fields encrypted for WeChat Pay, by the key that the request names (docs/protocol.md, Sensitive fields).
 */
function encryptSensitive(
	{ fields }: Spec,
	values: Record<string, unknown>,
	key: KeyObject | undefined,
): Record<string, unknown> {
	const secret = fields.filter(({ sensitive, wireName }) => sensitive && wireName in values);
	if (secret.length === 0) return values;
	if (!key) {
		throw new FieldValidationError(
			'None of the platform certificates of WeChat Pay is valid now, and sensitive fields are encrypted with one: run the workflow again, which downloads them anew',
		);
	}
	const encrypted = secret.map(({ wireName }) => [
		wireName,
		encryptField(String(values[wireName]), key),
	]);
	return { ...values, ...Object.fromEntries(encrypted) };
}

function signerOf({ response }: Spec, { mchid }: Pick<Merchant, 'mchid'>): Record<string, unknown> {
	return response?.signer ? { [response.signer]: mchid } : {};
}

/** The single values among those sent, by wire name; none that is sensitive. */
function visibleValues(fields: Field[], values: Record<string, unknown>): Record<string, unknown> {
	return Object.assign(
		{},
		...fields.map((field): Record<string, unknown> => {
			const value = values[field.wireName];
			if (field.sensitive || value === undefined) return {};
			if (!field.property)
				return visibleValues(field.fields ?? [], value as Record<string, unknown>);
			return typeof value === 'object' ? {} : { [field.wireName]: value };
		}),
	) as Record<string, unknown>;
}

function without(
	values: Record<string, unknown>,
	others: Record<string, unknown>,
): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !(name in others)));
}

function pick(
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
function jsonOf({ fields, buildBody }: Spec, body: Record<string, unknown>): Pick<Request, 'body'> {
	const hasBody = buildBody !== undefined || fields.some(({ in: place }) => place === 'body');
	return hasBody ? { body: Buffer.from(JSON.stringify(body)) } : {};
}

/** @throws RequestError (`not_sent`) in the words of a check that failed */
export function orNotSent<T>(work: () => T): T {
	return rethrow(work, (reason) => {
		if (reason instanceof FieldValidationError || reason instanceof ValidationError) {
			return notSent(reason.message, { field: reason.field });
		}
		return notSent(failureDetailsOf(reason).message, { field: undefined });
	});
}
