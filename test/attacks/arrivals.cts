/** What must hold of every request that a node sends, whatever the item said. */
import { constants, privateDecrypt } from 'node:crypto';

import type { Endpoint, Parameter } from '../../nodes/action/spec.ts';
import { factsOf, type Fact } from '../support/facts/facts.cts';
import { MERCHANT, PUBLIC_KEY } from '../support/fake/keys.cts';
import { endpointsOf, type Form, type Leaf, wirePaths } from './forms.cts';
import { isBlank, meant, NOTHING, SOME_TIME, wholeNumbersIn } from './meant.cts';
import type { Arrived } from './target.cts';

const BASE64 = '[A-Za-z0-9+/]+=*';

/** The headers of a request, and all that may stand in them. */
const HEADERS: Record<string, RegExp> = {
	host: /^127\.0\.0\.1:\d+$/,
	authorization: new RegExp(
		`^WECHATPAY2-SHA256-RSA2048 mchid="${MERCHANT.mchid}",nonce_str="\\w{32}",signature="${BASE64}",timestamp="\\d{10}",serial_no="${MERCHANT.serialNo}"$`,
	),
	'wechatpay-serial': new RegExp(`^${PUBLIC_KEY.serial}$`),
	'user-agent': /^n8n-nodes-wechatpay\/[\d.]+$/,
	accept: /^application\/json$/,
	'accept-encoding': /^[a-z, ]+$/,
	'content-type': /^(application\/json|multipart\/form-data; boundary=[0-9a-f]{48})$/,
	'content-length': /^\d+$/,
	connection: /^(close|keep-alive)$/,
};

/** A request taken apart by the templates of its operation. */
interface Parts {
	endpoint: Endpoint;
	path: Record<string, string>;
	query: Record<string, string>;
	body: Record<string, unknown>;
}

/** What is wrong with a request, whatever it was made of. */
export function faultsIn(arrived: Arrived, form: Form, given: unknown): string[] {
	const parts = partsOf(arrived, form);
	return [
		...(arrived.isVerified ? [] : ['its signature does not fit']),
		...headerFaults(arrived),
		...(parts
			? bodyFaults(arrived, parts, given)
			: [`it goes to ${arrived.method} ${arrived.url}`]),
	];
}

function headerFaults({ rawHeaders }: Arrived): string[] {
	const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
	const unknown = names.filter((name, at) => {
		return !HEADERS[name]?.test(rawHeaders[at * 2 + 1]) || names.indexOf(name) !== at;
	});
	return unknown.map((name) => `its header ${name}`);
}

function bodyFaults({ body, method }: Arrived, { endpoint }: Parts, given: unknown): string[] {
	const text = body.toString();
	if (!body.equals(Buffer.from(text))) return ['its body is not UTF-8'];
	if (text === '' || text.startsWith('--')) return [];
	if (method === 'GET') return ['a GET has a body'];
	const added = objectOf(given);
	const facts = factsOf(endpoint).body_params;
	return undocumented(JSON.parse(text) as object, facts).filter((name) => !(name in added));
}

/** The fields of an object that WeChat Pay's pages do not have. */
function undocumented(value: unknown, facts: Fact[]): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => undocumented(entry, facts));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const fact = facts.find((one) => one.name === name);
		return fact ? undocumented(inner, fact.fields ?? fact.items?.fields ?? []) : [name];
	});
}

/** A request by the operation that it can only be of: each part of the path is one segment. */
export function partsOf({ method, url, body }: Arrived, form: Form): Parts | undefined {
	const [target, search = ''] = url.split('?');
	for (const endpoint of endpointsOf(form)) {
		const path = segmentsOf(target, endpoint.path);
		const query = Object.fromEntries(
			search.split('&').map((pair) => pair.split('=').map(decodeURIComponent)),
		) as Record<string, string>;
		if (path && endpoint.method === method) {
			return { endpoint, path, query, body: objectOf(body.toString()) };
		}
	}
	return undefined;
}

function segmentsOf(path: string, template: string): Record<string, string> | undefined {
	const wanted = template.split('/');
	const segments = path.split('/');
	if (segments.length !== wanted.length) return undefined;
	const found: Record<string, string> = {};
	for (const [at, segment] of segments.entries()) {
		const wire = /^\{(\w+)\}$/.exec(wanted[at])?.[1];
		if (wire) found[wire] = decodeURIComponent(segment);
		else if (segment !== wanted[at]) return undefined;
	}
	return found;
}

function objectOf(json: unknown): Record<string, unknown> {
	try {
		const value: unknown = typeof json === 'string' ? JSON.parse(json) : json;
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

/** Where a request says something else than a value that was given; nothing, where it says exactly that. */
export function differences(arrived: Arrived, form: Form, item: Record<string, unknown>): string[] {
	const parts = partsOf(arrived, form);
	if (!parts) return [];
	return form.leaves.flatMap((leaf) => {
		const value = item[leaf.key];
		if (isBlank(value) || isSaid(leaf, value, parts, arrived)) return [];
		const told = { label: leaf.property.name, value, arrived: arrived.url };
		return [JSON.stringify(told).slice(0, 300)];
	});
}

function isSaid(leaf: Leaf, value: unknown, parts: Parts, arrived: Arrived): boolean {
	if (leaf.property.type === 'json') return isJsonSaid(value, parts.body, arrived.body.toString());
	if (leaf.place === 'form') return isComposed(leaf, value, parts.body);
	const sent = sentAt(leaf, parts);
	const wanted = meant(leaf.field, leaf.property, value);
	// n8n leaves the values of hidden fields where they are, and fills in 0 where nothing was filled in.
	const isZero = value === 0 && !leaf.property.required;
	if (isZero && leaf.field.defaultFrom) return true;
	if (sent === undefined) return leaf.isConditional || isZero || isEmptyList(wanted);
	if (wanted === NOTHING) return false;
	if (wanted === SOME_TIME) return isTime(sent);
	if (wanted instanceof Date) return isTime(sent) && Date.parse(String(sent)) === wanted.getTime();
	const plain = leaf.field.sensitive ? decrypted(String(sent)) : sent;
	const isText = leaf.place === 'path' || leaf.place === 'query';
	return JSON.stringify(plain) === JSON.stringify(isText ? String(wanted) : wanted);
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

const isTime = (value: unknown) =>
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$/.test(String(value)) &&
	!Number.isNaN(Date.parse(String(value)));

function sentAt({ wire, property }: Leaf, { endpoint, path, query, body }: Parts): unknown {
	// For partners, WeChat Pay has other names for the same.
	const renamed = namedPaths(endpoint).find(
		({ name, path: found }) => name === property.name && found.length === wire.length,
	);
	const [first, ...others] = renamed?.path ?? wire;
	const place = endpoint.fields.find((one) => one.wireName === first)?.in;
	const top = { path, query, body, form: {} }[(place ?? 'body') as Parameter['in']];
	return [first, ...others].reduce<unknown>(
		(value, name) => (value as Record<string, unknown> | undefined)?.[name],
		top,
	);
}

const namedPathsOf = new WeakMap<Endpoint, Array<{ name?: string; path: string[] }>>();

function namedPaths(endpoint: Endpoint) {
	const known = namedPathsOf.get(endpoint);
	if (known) return known;
	const paths = [...wirePaths(endpoint.fields)].map(([{ property }, { path }]) => {
		return { name: property?.name, path };
	});
	namedPathsOf.set(endpoint, paths);
	return paths;
}

function decrypted(base64: string): string {
	const key = { key: PUBLIC_KEY.privateKey, oaepHash: 'sha1' };
	const padding = constants.RSA_PKCS1_OAEP_PADDING;
	return privateDecrypt({ ...key, padding }, Buffer.from(base64, 'base64')).toString();
}

/** Every field of the JSON arrived, none of them changed, and no digit of a number was lost. */
function isJsonSaid(given: unknown, body: Record<string, unknown>, text: string): boolean {
	const sent = wholeNumbersIn(text);
	const numbers = typeof given === 'string' ? wholeNumbersIn(given) : [];
	const fields = Object.entries(objectOf(given));
	return (
		numbers.every((number) => sent.includes(number)) &&
		fields.every(([name, value]) => {
			return Object.hasOwn(body, name) && JSON.stringify(body[name]) === JSON.stringify(value);
		})
	);
}

/** What Set Points makes of its two fields, and Upload of its one. */
function isComposed({ field, property }: Leaf, value: unknown, body: Record<string, unknown>) {
	if (field.wireName !== 'points') return true;
	const points = meant(field, property, value);
	const [before, after, added] = [body.before_bonus_value, body.bonus_value, body.add_bonus_value];
	const isSum = BigInt(Number(before)) + BigInt(Number(added)) === BigInt(Number(after));
	return isSum && (points === added || points === after);
}
