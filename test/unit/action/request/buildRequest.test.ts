/** Requests by their specs: every byte of URL and body, and what an item may tell of them. */
import { decryptField } from '../../../../nodes/apiv3/cipher';
import { verificationKey } from '../../../../nodes/apiv3/keys';
import type { Operation } from '../../../../nodes/action/spec';
import { ValidationError } from '../../../../nodes/action/spec';
import type { RequestError } from '../../../../nodes/client/errors/requestError';
import { buildRequest, checkValues } from '../../../../nodes/action/request/buildRequest';
import { PLATFORM_A, PUBLIC_KEY } from '../../../support/fake/keys.cts';

const MERCHANT = {
	mchid: '1900000001',
	baseUrl: 'https://api.mch.weixin.qq.com',
	keys: new Map([
		[PLATFORM_A.serial, verificationKey(PLATFORM_A.certificatePem)],
		[PUBLIC_KEY.serial, verificationKey(PUBLIC_KEY.publicKeyPem)],
	]),
	wechatPaySerial: PUBLIC_KEY.serial,
};
const SETTING = { timezone: 'Asia/Shanghai', defaultValue: () => undefined };

const property = (name: string) => ({
	displayName: name,
	name,
	type: 'string' as const,
	default: '',
});
const field = (wireName: string, place: 'path' | 'query' | 'body' | 'form', more: object = {}) => ({
	wireName,
	in: place,
	property: property(wireName),
	...more,
});

type Spec = Partial<Operation> &
	Pick<Operation, 'method' | 'path' | 'fields' | 'resendable' | 'repeatable'>;

const SPEC: Spec = {
	method: 'POST',
	path: '/v3/cards/{card_id}/codes/{code}/x',
	resendable: true,
	repeatable: true,
	fields: [
		field('card_id', 'path'),
		field('code', 'path'),
		field('q1', 'query'),
		field('q2', 'query'),
		field('b1', 'body'),
		field('phone', 'body', { sensitive: true }),
	],
};

function built(spec: Spec, values: Record<string, unknown>, rest: object = {}) {
	const checked = checkValues(spec, values, SETTING);
	return buildRequest(spec, checked, MERCHANT, rest);
}

/** The facts of what was not sent. */
function notSent(work: () => unknown) {
	let thrown: unknown;
	try {
		thrown = work();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toHaveProperty('name', 'RequestError');
	return (thrown as RequestError).details;
}

const bodyOf = ({ body }: { body?: Buffer }) =>
	body && (JSON.parse(body.toString()) as Record<string, unknown>);

it('has each value at its place, percent-encoded once', () => {
	const request = built(SPEC, { card_id: 'a/b', code: '1+2 %', q1: '好&', q2: 'x', b1: '"' });
	expect(request).toMatchObject({
		method: 'POST',
		url: 'https://api.mch.weixin.qq.com/v3/cards/a%2Fb/codes/1%2B2%20%25/x?q1=%E5%A5%BD%26&q2=x',
		sent: { card_id: 'a/b', code: '1+2 %', q1: '好&', q2: 'x', b1: '"' },
		identity: { card_id: 'a/b', code: '1+2 %', q1: '好&', q2: 'x' },
		requestNumber: undefined,
		retryPolicy: SPEC,
	});
	expect(request.body?.toString()).toBe('{"b1":"\\""}');
	expect(request).not.toHaveProperty('contentType');
});

it('has no question mark without a query', () => {
	expect(built(SPEC, { card_id: 'a', code: '1' }).url).toMatch(/\/x$/);
});

it('has a body where the spec has fields for one, and only there', () => {
	expect(bodyOf(built(SPEC, { card_id: 'a', code: '1' }))).toEqual({});
	const spec = { ...SPEC, fields: SPEC.fields.filter(({ in: place }) => place !== 'body') };
	expect(built(spec, { card_id: 'a', code: '1' })).not.toHaveProperty('body');
	const composed = { ...spec, buildBody: () => ({}) };
	expect(bodyOf(built(composed, { card_id: 'a', code: '1' }))).toEqual({});
});

it('encrypts what is sensitive with the key that the request names, and does not show it', () => {
	const { keys } = MERCHANT;
	const request = built(SPEC, { card_id: 'a', code: '1', phone: '13800138000' });
	const { phone } = bodyOf(request) as { phone: string };
	expect(decryptField(phone, PUBLIC_KEY.privateKey)).toBe('13800138000');
	expect(JSON.stringify([request.sent, request.identity])).not.toMatch(/phone|138/);
	expect([...keys.keys()][0]).not.toBe(PUBLIC_KEY.serial);

	const asked = { ...SPEC, fields: [field('phone', 'query', { sensitive: true })], path: '/v3/x' };
	const { url, sent, identity } = built(asked, { phone: '13800138000' });
	const text = decodeURIComponent(/\?phone=(.+)$/.exec(url)?.[1] ?? '');
	expect(decryptField(text, PUBLIC_KEY.privateKey)).toBe('13800138000');
	expect([sent, identity]).toEqual([{}, {}]);
});

it('encrypts nothing without a valid key, and needs none where nothing is sensitive', () => {
	const merchant = { ...MERCHANT, keys: new Map<never, never>(), wechatPaySerial: undefined };
	const build = (values: Record<string, unknown>) =>
		buildRequest(SPEC, checkValues(SPEC, values, SETTING), merchant);
	expect(notSent(() => build({ card_id: 'a', code: '1', phone: '13800138000' }))).toMatchObject({
		outcome: 'not_sent',
		message:
			'None of the platform certificates of WeChat Pay is valid now, and sensitive fields are encrypted with one: run the workflow again, which downloads them anew',
	});
	expect(bodyOf(build({ card_id: 'a', code: '1', b1: 'x' }))).toEqual({ b1: 'x' });
});

it('shows single values, also those of an object without a form field, but no objects and lists', () => {
	const parts = [{ wireName: 'inner', property: property('inner') }];
	const spec: Spec = {
		...SPEC,
		path: '/v3/x',
		fields: [
			{ wireName: 'plain', in: 'body', fields: parts },
			{ wireName: 'bare', in: 'body' },
			field('many', 'body', { list: true }),
		],
	};
	const request = built(spec, { inner: '1', many: 'a,b' });
	expect(request.sent).toEqual({ inner: '1' });
	expect(bodyOf(request)).toEqual({ plain: { inner: '1' }, bare: {}, many: ['a', 'b'] });
});

it('is known by its path, its query, its request number and what the spec calls it by', () => {
	const spec: Spec = {
		...SPEC,
		path: '/v3/x',
		itemLabel: 'order',
		fields: [
			field('order', 'body'),
			field('out_request_no', 'body', { namesRequest: true }),
			field('b1', 'body'),
			field('q1', 'query'),
		],
	};
	const values = { order: 'o', out_request_no: 'n', b1: 'b', q1: 'q' };
	expect(built(spec, values).identity).toEqual({ order: 'o', out_request_no: 'n', q1: 'q' });
	expect(built(spec, values, { requestNumber: 'n' }).requestNumber).toBe('n');
});

it('lets the spec put together what goes first', () => {
	const spec: Spec = {
		...SPEC,
		path: '/v3/x',
		fields: [field('b1', 'body'), field('f1', 'form')],
		buildBody: ({ form, body, read }) => ({ made: `${form.f1}${body.b1}${read.r}` }),
	};
	const request = built(spec, { b1: 'b', f1: 'f' }, { read: { r: 'r' } });
	expect(request.body?.toString()).toBe('{"made":"fbr","b1":"b"}');
	expect(request.sent).toEqual({ made: 'fbr', b1: 'b' });
	expect(bodyOf(built(spec, { b1: 'b', f1: 'f' }))).toEqual({ made: 'fbundefined', b1: 'b' });
});

it('tells why the spec does not put it together', () => {
	const refusing = (reason: Error): Spec => ({
		...SPEC,
		path: '/v3/x',
		fields: [],
		buildBody: () => {
			throw reason;
		},
	});
	expect(notSent(() => built(refusing(new ValidationError('No.', 'b1')), {}))).toMatchObject({
		message: 'No.',
		outcome: 'not_sent',
		field: 'b1',
		attempts: 0,
		repeatable: false,
	});
	const odd = notSent(() => built(refusing(new TypeError('odd')), {}));
	expect(odd.message).toMatch(/an unexpected condition: odd.*$/);
	expect(odd).toMatchObject({ outcome: 'not_sent', field: undefined });
});

it('is a form for an upload, which shows the name of the file', () => {
	const upload = { filename: 'a.png', mimeType: 'image/png', bytes: Buffer.from('x') };
	const spec: Spec = { ...SPEC, path: '/v3/x', fields: [field('file', 'form')] };
	const request = built(spec, { file: 'data' }, { upload });
	expect(request.contentType).toMatch(/^multipart\/form-data; boundary=/);
	expect(request.body?.toString()).toContain('filename="a.png"');
	expect(request.sent).toEqual({ filename: 'a.png' });
});

describe('values that are not sent', () => {
	it('are named with the number of the item', () => {
		const spec: Spec = {
			...SPEC,
			fields: [field('b1', 'body', { maxLength: 1 }), ...SPEC.fields],
		};
		expect(notSent(() => built(spec, { b1: '12' }))).toMatchObject({
			message: "'b1' must have at most 1 characters, this one has 2",
			outcome: 'not_sent',
			field: 'b1',
		});
	});

	it('are those of an update without a change', () => {
		const spec: Spec = {
			...SPEC,
			path: '/v3/x',
			optional: 'updateFields',
			fields: [field('b1', 'body'), field('out_request_no', 'body', { namesRequest: true })],
		};
		const message = "'Update Fields' is empty: add the fields that shall change";
		expect(notSent(() => built(spec, {})).message).toBe(message);
		expect(notSent(() => built(spec, { out_request_no: 'n' })).message).toBe(message);
		expect(bodyOf(built(spec, { b1: '1', out_request_no: 'n' }))).toEqual({
			b1: '1',
			out_request_no: 'n',
		});
		const adding: Spec = { ...spec, optional: 'additionalFields' };
		expect(bodyOf(built(adding, {}))).toEqual({});
	});

	it('are fields given as JSON where the operation takes none', () => {
		const values = { b1: '1', additionalFieldsJson: '{"new_field":1}' };
		const spec: Spec = { ...SPEC, path: '/v3/x', fields: [field('b1', 'body')] };
		expect(bodyOf(built(spec, values))).toEqual({ b1: '1' });
		expect(bodyOf(built({ ...spec, takesJson: true }, values))).toEqual({ b1: '1', new_field: 1 });
		const taken = { ...values, additionalFieldsJson: '{"b1":1}' };
		expect(notSent(() => built({ ...spec, takesJson: true }, taken)).message).toContain(
			'names b1, which the form has',
		);
	});
});
