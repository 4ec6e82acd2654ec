/** What an item says of a verified response, and what is said of a response that cannot be read. */
import type { Operation } from '../../../../nodes/action/spec';
import {
	failureDetailsOf,
	RequestError,
	notSent,
} from '../../../../nodes/client/errors/requestError';
import { readObject, readRows } from '../../../../nodes/client/response/parseResponse';
import { simplified, toJson } from '../../../../nodes/action/execution/toItems';
import type { Request } from '../../../../nodes/client/types';

const confirmed = (body: string) => ({
	status: 200,
	body: Buffer.from(body),
	requestId: 'r-1',
	attempts: 2,
});
const request = (method: 'GET' | 'POST' | 'DELETE', more: object = {}) =>
	({
		method,
		sent: { a: 1, b: 2 },
		identity: { a: 1 },
		retryPolicy: { method, resendable: method === 'GET', repeatable: method === 'GET' },
		...more,
	}) as never as Request;

/** The facts of a response that is not to be read. */
function unreadable(work: () => unknown) {
	let thrown: unknown = 'it was read';
	try {
		thrown = work();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(RequestError);
	return (thrown as RequestError).details;
}

describe('a response', () => {
	it('is a JSON object', () => {
		expect(readObject(confirmed('{"a":[1]}'), request('GET'))).toEqual({ a: [1] });
	});

	it('is nested no deeper than any of WeChat Pay', () => {
		const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
		expect(readObject(confirmed(nested(99)), request('GET'))).toHaveProperty('a');
		expect(unreadable(() => readObject(confirmed(nested(100)), request('GET')))).toMatchObject({
			message: expect.stringContaining("WeChat Pay's response is nested too deep. Run this item"),
			outcome: 'unknown',
		});
	});

	it.each(['', '{', 'null', '[]', '"a"', '7'])('is not %j', (body) => {
		expect(unreadable(() => readObject(confirmed(body), request('GET')))).toEqual({
			message:
				"WeChat Pay's response is not a JSON object. Run this item again. If that does not help, ask WeChat Pay's support with the Request-ID.",
			outcome: 'unknown',
			http_status: 200,
			request_id: 'r-1',
			out_request_no: undefined,
			attempts: 2,
			repeatable: true,
		});
	});

	it('that cannot be read is no less confirmed', () => {
		const asked = request('POST', { requestNumber: 'n8n-1' });
		expect(unreadable(() => readObject(confirmed(''), asked))).toMatchObject({
			message: expect.stringMatching(
				/^WeChat Pay confirmed the request, but its response is not a JSON object\. Run this item again with the same values\. Give n8n-1 /,
			),
			out_request_no: 'n8n-1',
			repeatable: false,
		});
	});
});

describe('a list', () => {
	const rows = (body: object) =>
		readRows(
			body as never,
			{ requiredFields: [], listField: 'data' },
			confirmed(''),
			request('GET'),
		);

	it('has its entries, and may be left out where WeChat Pay counts none', () => {
		expect(rows({ data: [{ a: 1 }, {}] })).toEqual([{ a: 1 }, {}]);
		expect(rows({ data: [] })).toEqual([]);
		expect(rows({ total_count: 0 })).toEqual([]);
	});

	it.each([
		{},
		{ total_count: 1 },
		{ total_count: 0, data: 'x' },
		{ data: {} },
		{ data: [1] },
		{ data: [null] },
	])('is not %j', (body) => {
		expect(unreadable(() => rows(body)).message).toContain("has no list 'data'. ");
	});

	it('is none where the spec names none', () => {
		const read = () =>
			readRows({ data: [{}] }, { requiredFields: [] }, confirmed(''), request('GET'));
		expect(unreadable(read).message).toContain("has no list ''");
	});
});

describe('Simplify', () => {
	const simple = (names?: string[]) =>
		({ response: { simplifiedFields: names } }) as never as Operation;

	it('leaves the fields that the spec names and the response has', () => {
		const row = { a: 1, b: null, c: 3 };
		expect(simplified(row, simple(['c', 'b', 'd']), true)).toEqual({ c: 3, b: null });
		expect(simplified(row, simple(['c']), undefined)).toEqual({ c: 3 });
		expect(simplified(row, simple(['c']), false)).toEqual(row);
		expect(simplified(row, simple(), true)).toEqual(row);
		expect(simplified(row, {} as never, true)).toEqual(row);
	});
});

describe('the JSON of an item', () => {
	const json = (method: 'GET' | 'POST' | 'DELETE', row?: object, answer?: object, id?: string) =>
		toJson({ response: answer } as never, request(method), row as never, id);

	it.each([
		['what was sent, for an empty response', json('POST'), { success: true, a: 1, b: 2 }],
		['that it is deleted', json('DELETE'), { deleted: true, a: 1, b: 2 }],
		['the response, for reading', json('GET', { c: 3 }, {}), { a: 1, c: 3 }],
		['the response beside the names', json('POST', { c: 3 }, {}), { success: true, a: 1, c: 3 }],
		['the response before the names', json('GET', { a: 9 }, {}), { a: 9 }],
		['the names alone, where there is no entry', json('GET', undefined, {}), { a: 1 }],
		['the trace', json('GET', {}, {}, 'r-1'), { a: 1, request_id: 'r-1' }],
	])('says %s', (_, said, expected) => {
		expect(said).toEqual(expected);
	});

	it('has no trace where there is none', () => {
		expect(json('GET', {}, {})).not.toHaveProperty('request_id');
	});
});

describe('facts', () => {
	it('of an exception that nobody made are that nothing is known', () => {
		const details = {
			message:
				'The WeChat Pay node hit an unexpected condition: odd. Please report it; whether the item was processed is not known.',
			outcome: 'unknown',
			attempts: 0,
			repeatable: true,
		};
		expect(failureDetailsOf(new TypeError('odd'))).toEqual(details);
		expect(failureDetailsOf('odd')).toEqual(details);
	});

	it('of our own exception are its own', () => {
		const failure = notSent('No.', { field: 'a' });
		expect(failureDetailsOf(failure)).toEqual({
			message: 'No.',
			outcome: 'not_sent',
			attempts: 0,
			repeatable: false,
			field: 'a',
		});
		expect(failure).toMatchObject({ name: 'RequestError', message: 'No.' });
	});
});
