/** What every documented endpoint does before and after its own work. */
import { noContent, ok, type Answer, type Call } from '../call.cts';
import { checkConditions } from './conditions.cts';
import { checkDocumented, readIntegers } from './documented.cts';
import { decrypt, namedKey } from './encrypted.cts';
import { operation, type Field, type Operation } from './facts.cts';
import { checkNoBody, queryOf, readObject } from './fields.cts';
import { checkPermission } from './found.cts';
import { onceOnly } from './requestNumbers.cts';
import type { Location } from './refusal.cts';

/** The checked parameters of a call; encrypted ones are decrypted. */
export type Asked = Record<string, any>;

/** An endpoint's own work: the body of its 200, or nothing for 204. */
export type Work = (call: Call, asked: Asked) => object | void;

/** The endpoint of a documented operation: checks the request, does the work at most once per request number. */
export function documented(id: string, work: Work): (call: Call) => Answer {
	const facts = operation(id);
	return (call) => {
		const { path, query, body } = readParameters(call, facts);
		checkPermission(call);
		return onceOnly(id, call, body, () => {
			const result = work(call, { ...query, ...body, ...path });
			return result === undefined ? noContent() : ok(result as object);
		});
	};
}

/** The parameters of a call by place; throws 400 for what is not as documented. */
function readParameters(call: Call, facts: Operation) {
	checkDocumented(call.path, facts.path_params, 'uri');
	const query = readIntegers(queryOf(call.request.url), facts.query_params);
	checkDocumented(query, facts.query_params, 'query');
	const body = readDocumentedBody(call, facts.body_params);
	checkConditions(facts.id, body);
	return {
		path: call.path,
		query: decrypted(call, query, facts.query_params, 'query'),
		body: decrypted(call, body, facts.body_params, 'body'),
	};
}

function readDocumentedBody({ request }: Call, fields: Field[]): Record<string, unknown> {
	// Whether {} may be left out where every field is optional is not documented.
	const isOptional = fields.every(({ required }) => !required);
	if (fields.length === 0) checkNoBody(request);
	if (isOptional && request.rawBody.length === 0) return {};
	const body = readObject(request);
	checkDocumented(body, fields, 'body');
	return body;
}

/** Only the outermost fields of the documented requests are encrypted. */
function decrypted(
	call: Call,
	values: Record<string, unknown>,
	fields: Field[],
	location: Location,
): Record<string, unknown> {
	const secret = fields.filter(({ encrypted, name }) => encrypted && values[name] !== undefined);
	const plain = secret.map(({ name }) => {
		const key = namedKey(call);
		return [name, decrypt(key, values[name] as string, name, location)] as const;
	});
	return { ...values, ...Object.fromEntries(plain) };
}
