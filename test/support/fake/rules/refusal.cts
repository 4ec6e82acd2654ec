/** WeChat Pay's refusals: status, code, Chinese message and detail (docs/protocol.md, Error body and docs/protocol.md, Status and code, docs/known-errors.md). */

/**
 * WeChat Pay's internal numbers, the part of Request-ID after the last '-' (docs/protocol.md, Request-ID).
 * `business` is made up: none is published for the refusals of the member-card family.
 */
export const NUMBER = {
	success: 0,
	signature: 268443699,
	parameter: 268435461,
	extraParameter: 270924358,
	parametersDiffer: 268498688,
	rateLimit: 268447840,
	business: 268500001,
};

export type Location = 'body' | 'query' | 'uri' | 'header';

/** A request that WeChat Pay does not process; thrown by the checks, answered as JSON. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly number: number,
		readonly detail?: object,
	) {
		super(message);
	}
}

/** 401: not told who is calling; such an answer is unsigned. */
export function signError(message: string, detail?: object): Refusal {
	return new Refusal(401, 'SIGN_ERROR', message, NUMBER.signature, detail);
}

/** 400 PARAM_ERROR with the place of the fault; the field of a body is a JSON pointer ('' is the body itself). */
export function paramError(
	name: string,
	value: unknown,
	issue: string,
	location: Location,
	message = '参数错误',
	number = NUMBER.parameter,
): Refusal {
	const field = location === 'body' && name !== '' ? `/${name}` : name;
	return new Refusal(400, 'PARAM_ERROR', message, number, { field, value, issue, location });
}

/** 400 INVALID_REQUEST: well-formed, but a business rule forbids it. */
export function invalidRequest(message: string, number = NUMBER.business): Refusal {
	return new Refusal(400, 'INVALID_REQUEST', message, number);
}

/** 404 of an API (not of the edge): signed JSON. */
export function notFound(code: string, message: string): Refusal {
	return new Refusal(404, code, message, NUMBER.business);
}

/** 403: the merchant was not given the product. */
export function noPermission(): Refusal {
	return new Refusal(403, 'NO_AUTH', '商户暂无权限使用此功能', NUMBER.business);
}
