import { encryptField } from '../../apiv3/cipher';
import type { Merchant } from '../../apiv3/merchant';
import { printable } from '../../client/errors/printable';
import { notSent } from '../../client/errors/requestError';
import type { Request, RetryPolicy } from '../../client/types';
import type { Endpoint } from '../spec';
import { ValidationError } from '../spec';
import { apiUrl, type NamedValue } from './apiUrl';
import { orNotSent } from './buildRequest';
import { changeFields } from './dottedFields';
import { NAME_OF_A_THING } from './subject';

/** Checked values of the form. */
type Form = Record<string, unknown>;

/** An endpoint that the user named, with what may be repeated. */
export function apiEndpoint<T extends Endpoint & RetryPolicy>(spec: T, form: Form): T {
	const method = form.method as RetryPolicy['method'];
	const isSafe = method === 'GET' || form.safe_to_send_again === true;
	return {
		...spec,
		method,
		resendable: isSafe,
		repeatable: isSafe,
		...(isSafe
			? {}
			: {
					on429: 'unknown',
					checkFirst:
						'Ask WeChat Pay for the state of what this request changes, before you run this item again.',
				}),
	};
}

/**
 * The request to an endpoint that the user named.
 *
 * @param isAgent whether an AI agent fills the form
 * @throws RequestError (`not_sent`)
 */
export function buildApiRequest(
	spec: Endpoint & RetryPolicy,
	form: Form,
	{ baseUrl, keys, wechatPaySerial }: Pick<Merchant, 'baseUrl' | 'keys' | 'wechatPaySerial'>,
	isAgent: boolean,
): Request {
	if (isAgent && spec.method !== 'GET' && form.allow_agent_changes !== true) {
		throw notSent(
			`An AI agent may only use GET here, and this is ${spec.method}. Whoever made the workflow can turn on 'Let AI Agents Change Data' in this node.`,
			{ field: 'method' },
		);
	}
	const pathParameters = listOf(form.path_parameters);
	const queryParameters = listOf(form.query_parameters);
	const body = spec.method === 'GET' ? undefined : (form.body as Form | undefined);
	return orNotSent(() => ({
		method: spec.method,
		url: baseUrl + apiUrl(String(form.path), pathParameters, queryParameters, baseUrl),
		...(body
			? {
					body: Buffer.from(
						JSON.stringify(encrypted(body, form.encrypt, keys.get(wechatPaySerial ?? ''))),
					),
				}
			: {}),
		wechatPaySerial,
		sent: {},
		identity: {},
		subject: thingsIn({
			...body,
			...Object.fromEntries(
				[...pathParameters, ...queryParameters].map(({ name, value }) => [name, value]),
			),
		}),
		response: spec.response,
		retryPolicy: spec,
	}));
}

function listOf(value: unknown): NamedValue[] {
	return (value ?? []) as NamedValue[];
}

function encrypted(
	body: Form,
	names: unknown,
	key: Parameters<typeof encryptField>[1] | undefined,
): Form {
	const fields = (names ?? []) as string[];
	if (fields.length === 0) return body;
	if (!key)
		throw new ValidationError(
			"'Fields to Encrypt' need a key of WeChat Pay, and none is valid now",
			'encrypt',
		);
	return changeFields(
		body,
		fields,
		(text) => encryptField(text, key),
		(name) => {
			throw new ValidationError(
				`'Fields to Encrypt' names ${printable(name)}, which is no text in the body`,
				'encrypt',
			);
		},
	);
}

/** Names of things, which a response about them repeats. */
function thingsIn(values: Form): Form {
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, value]): Array<[string, unknown]> => {
			if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
				return [[name, thingsIn(value as Form)]];
			}
			const isThing = name !== 'code' && NAME_OF_A_THING.test(name);
			return isThing && (typeof value === 'string' || typeof value === 'number')
				? [[name, value]]
				: [];
		}),
	);
}
