/** The body of a refusal: WeChat Pay's, somebody else's, or hostile. */
import { readErrorBody } from '../../../../nodes/client/response/errorBody';

const read = (body: unknown) =>
	readErrorBody(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

const NOTHING = { signed: {} };

it("reads all that WeChat Pay's have", () => {
	expect(
		read({
			code: 'SIGN_ERROR',
			message: '签名错误',
			detail: {
				field: '/body/a',
				issue: 'too long',
				sign_information: { url: '/v3/x', sign_message_length: 7 },
			},
		}),
	).toEqual({
		code: 'SIGN_ERROR',
		message: '签名错误',
		field: '/body/a',
		issue: 'too long',
		signed: { url: '/v3/x', length: 7 },
	});
});

it('finds the issue one level deeper, where there is none at its place', () => {
	expect(read({ detail: { detail: { issue: 'deep' } } })).toHaveProperty('issue', 'deep');
	const both = { detail: { issue: 'here', detail: { issue: 'deep' } } };
	expect(read(both)).toHaveProperty('issue', 'here');
});

it.each([
	['nothing', ''],
	['HTML', '<html>'],
	['half of it', '{"code":"A'],
	['a text', '"text"'],
	['null', 'null'],
	['a list', '[]'],
	['empty texts', { code: '', message: '', detail: { field: '', issue: '' } }],
	['no texts', { code: 7, message: {}, detail: { field: [], issue: null } }],
	['a detail that is none', { detail: 'text' }],
	['a detail that is null', { detail: null }],
	['a length that is none', { detail: { sign_information: { sign_message_length: '7' } } }],
	['names of every object', '{"__proto__":{"detail":{"field":"/a"}}}'],
])('finds nothing in %s', (_, body) => {
	expect(read(body)).toEqual(NOTHING);
});

it('keeps no more than 500 characters of a text', () => {
	expect(read({ code: 'x'.repeat(501) })).toHaveProperty('code', `${'x'.repeat(500)}…`);
});

it('does not look at more than 64 KiB', () => {
	const withLength = (length: number) => {
		const frame = JSON.stringify({ code: 'A', rest: '' });
		return JSON.stringify({ code: 'A', rest: 'x'.repeat(length - frame.length) });
	};
	expect(read(withLength(64 * 1024))).toHaveProperty('code', 'A');
	expect(read(withLength(64 * 1024 + 1))).toEqual(NOTHING);
});
