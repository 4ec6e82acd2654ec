import { attempt } from '../../apiv3/attempt';
import { BACKUP_URL, DEFAULT_BASE_URL } from '../../apiv3/merchantConfig';
import { printable } from '../../client/errors/printable';
import { ValidationError } from '../spec';
import { checkSegment } from './validators';

/** A name and a value, as the form has them. */
export interface NamedValue {
	name: string;
	value?: string;
}

/**
 * The address of a request whose path the user gave, byte for byte as it is signed and sent: what is encoded already
 * stays, all else is encoded once.
 *
 * @param given a path, or an address of WeChat Pay's
 * @returns the path and its query
 * @throws ValidationError for a path that could lead elsewhere, or is not filled in
 */
export function apiUrl(
	given: string,
	pathParameters: NamedValue[],
	queryParameters: NamedValue[],
	baseUrl: string,
): string {
	const [path, ...queries] = withoutOrigin(given, baseUrl).split('?');
	if (queries.length > 1) throw refused("has more than one '?'");
	checkPath(path);
	const query = [
		...(queries[0] ? [encodeOnce(queries[0])] : []),
		...pairs(queryParameters, queries[0] ?? ''),
	];
	return `${filledPath(path, pathParameters)}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function withoutOrigin(given: string, baseUrl: string): string {
	if (!/^https?:/i.test(given)) return given;
	const origin = attempt(() => new URL(given).origin);
	if (origin === undefined || ![baseUrl, DEFAULT_BASE_URL, BACKUP_URL].includes(origin)) {
		throw refused("is an address of another host than WeChat Pay's: give the path alone");
	}
	return given.slice(origin.length);
}

function checkPath(path: string): void {
	if (!/^\/(?!\/)/.test(path)) throw refused("must begin with one '/', e.g. /v3/certificates");
	if (path.includes('#')) throw refused("has a '#', which ends an address: encode it as %23");
	for (const segment of path.split('/')) {
		if (/^(\.|%2e){1,2}$/i.test(segment)) throw refused("must not have '.' or '..' as a folder");
	}
}

function filledPath(path: string, parameters: NamedValue[]): string {
	const values = new Map(parameters.map(({ name, value }) => [name, value]));
	const used = new Set<string>();
	const filled = path.replace(/\{([^{}]*)\}/g, (_, name: string) => {
		const value = values.get(name);
		if (value === undefined || value === '') {
			throw refused(`has {${printable(name)}}, which 'Path Parameters' do not fill`);
		}
		checkSegment(value);
		used.add(name);
		return encodeURIComponent(value);
	});
	const unused = [...values.keys()].find((name) => !used.has(name));
	if (unused !== undefined)
		throw refused(`has no {${printable(unused)}} that the parameter could fill`);
	return encodeOnce(filled);
}

function pairs(parameters: NamedValue[], query: string): string[] {
	const given = query
		.split('&')
		.map((pair) => attempt(() => decodeURIComponent(pair.split('=')[0])));
	return parameters
		.filter(({ value }) => value !== undefined && value !== '')
		.map(({ name, value = '' }) => {
			if (given.includes(name)) {
				throw refused(`has ${printable(name)} in its query, as have 'Query Parameters': keep one`);
			}
			given.push(name);
			return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
		});
}

/** What `URL` would change on the way is changed before it is signed; what is encoded stays as it is. */
function encodeOnce(text: string): string {
	return text.replace(/%[0-9a-f]{2}|[^]/giu, (part) => {
		if (part.length > 1 && part.startsWith('%')) return part;
		return /[A-Za-z0-9\-._~!$&()*+,;=:@/?]/.test(part)
			? part
			: part === "'"
				? '%27'
				: encodeURIComponent(part);
	});
}

function refused(rule: string): ValidationError {
	return new ValidationError(`'Path' ${rule}`, 'path');
}
