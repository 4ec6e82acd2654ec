/** Which endpoint answers which method and path. */
import { commitBonus, prepareBonus } from './bonus.cts';
import type { Answer, Call } from './call.cts';
import { getCallback } from './callback.cts';
import { listCertificates } from './certificates.cts';
import { echo } from './echo.cts';
import { queryOrder, queryPartnerOrder } from './orders.cts';
import { paramError } from './refusal.cts';

export type Endpoint = (call: Call) => Answer;

const MEMBER = '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}';

const ENDPOINTS: Array<[method: string, template: string, endpoint: Endpoint]> = [
	['POST', `${MEMBER}/bonus/prepare`, prepareBonus],
	['POST', `${MEMBER}/bonus/commit`, commitBonus],
	['GET', '/v3/pay/transactions/out-trade-no/{out_trade_no}', queryOrder],
	['GET', '/v3/pay/partner/transactions/out-trade-no/{out_trade_no}', queryPartnerOrder],
	['POST', '/v3/security/echo', echo],
	['GET', '/v3/marketing/membercard-open/callback', getCallback],
	['GET', '/v3/certificates', listCertificates],
];

const ROUTES = ENDPOINTS.map(([method, template, endpoint]) => ({
	method,
	segments: template.split('/'),
	endpoint,
}));

/** The endpoint and the raw variables of the path; or the status an edge answers with. */
export type Route =
	| { endpoint: Endpoint; rawPath: Record<string, string> }
	| { edgeStatus: 404 | 405 };

/** In: method and raw request target. A template with another method gives 405, none gives 404. */
export function route(method: string, url: string): Route {
	const segments = url.split('?')[0].split('/');
	let edgeStatus: 404 | 405 = 404;
	for (const candidate of ROUTES) {
		const rawPath = variables(candidate.segments, segments);
		if (rawPath && candidate.method === method) return { endpoint: candidate.endpoint, rawPath };
		if (rawPath) edgeStatus = 405;
	}
	return { edgeStatus };
}

/** Each variable percent-decoded once, after the raw segments were told apart. */
export function decodePath(rawPath: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(rawPath).map(([name, raw]) => [name, decodeSegment(name, raw)]),
	);
}

function decodeSegment(name: string, raw: string): string {
	try {
		return decodeURIComponent(raw);
	} catch {
		throw paramError(name, raw, 'is not percent-encoded UTF-8', 'uri');
	}
}

function variables(template: string[], segments: string[]): Record<string, string> | undefined {
	if (template.length !== segments.length) return undefined;
	const found: Record<string, string> = {};
	for (const [index, part] of template.entries()) {
		if (part.startsWith('{')) found[part.slice(1, -1)] = segments[index];
		else if (part !== segments[index]) return undefined;
	}
	return found;
}
