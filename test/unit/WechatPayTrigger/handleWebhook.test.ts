/** What the trigger does with everything that can be posted to it (docs/protocol.md, Sensitive fields). */
import type { INode } from 'n8n-workflow';

import { standIn } from '../../support/engine/host.cts';
import type { N8n, N8nOptions } from '../../support/engine/webhook.cts';
import {
	CREDENTIAL,
	MERCHANT,
	PLATFORM_A,
	PLATFORM_B,
	PUBLIC_KEY,
} from '../../support/fake/keys.cts';
import type { Contents, Posted, Signing } from '../../support/fake/notification.cts';
import { ACTIVATION, notification, post } from '../../support/fake/notification.cts';
import { notify, openTrigger, started, TRIGGER, triggerWorkflow } from './scene.cts';

let n8n: N8n;

async function open(parameters?: INode['parameters'], options?: Partial<N8nOptions>): Promise<N8n> {
	await n8n.stop();
	n8n = await openTrigger(parameters, options);
	return n8n;
}

beforeEach(async () => {
	n8n = await openTrigger();
});

afterEach(async () => {
	await n8n.stop();
});

/** Somebody else's key under WeChat Pay's name. */
const PLATFORM_AS_PUBLIC_KEY: Signing = { key: PLATFORM_A, serial: PUBLIC_KEY.serial };

/** The sender learns the status and nothing else, and nothing starts. */
async function expectRefusal(posted: Posted, status: number, log: string | RegExp): Promise<void> {
	const got = await notify(n8n, posted);
	expect(got.status).toBe(status);
	expect(JSON.parse(got.body.toString())).toEqual({ code: 'FAIL', message: 'Not accepted' });
	expect(started(n8n)).toEqual([]);
	expect(n8n.log).toEqual([
		expect.objectContaining({ message: expect.stringMatching(log) as unknown }),
	]);
}

const BOTH = {
	...CREDENTIAL,
	verification: 'both',
	platformCertificates: `${PLATFORM_A.certificatePem}\n${PLATFORM_B.certificatePem}`,
};

describe('with Simplify', () => {
	it.each(['true', 'TRUE', '是', 1])('as text (%j) is on as well', async (simplify) => {
		await open({ simplify });
		await notify(n8n, notification());
		expect(started(n8n)).toEqual([expect.objectContaining(ACTIVATION)]);
	});

	it('has the decrypted data at the top', async () => {
		await open({ simplify: true });
		await notify(n8n, notification({ id: 'EV-1', event_type: 'MEMBERCARD.USERCARD_MANAGE' }));
		expect(started(n8n)).toEqual([
			{
				...ACTIVATION,
				notification: expect.objectContaining({
					id: 'EV-1',
					event_type: 'MEMBERCARD.USERCARD_MANAGE',
				}) as unknown,
			},
		]);
		expect(JSON.stringify(started(n8n))).not.toContain('"resource"');
	});
});

describe('a post of another kind', () => {
	const unsigned = (type: string, body: string): Posted => ({
		headers: { 'Content-Type': type },
		body: Buffer.from(body),
	});

	it.each(['text/xml', 'application/xml; charset=utf-8', 'text/plain'])(
		'is named as APIv2 where it is XML (%s)',
		async (type) => {
			const xml = '<xml><return_code>SUCCESS</return_code></xml>';
			await expectRefusal(unsigned(type, xml), 415, /APIv2.*'notify_url'/);
		},
	);

	it.each(['text/plain', 'application/octet-stream', ''])(
		'is judged by its signature (%s)',
		async (type) => {
			const got = await notify(n8n, notification({}, { headers: { 'Content-Type': type } }));
			expect(got.status).toBe(204);
			expect(started(n8n)).toHaveLength(1);
		},
	);

	it("of another merchant's key says so", async () => {
		const posted = notification({}, { key: PLATFORM_A, serial: PLATFORM_A.serial });
		await expectRefusal(posted, 401, /another merchant's/);
	});

	it("of another key under a known name says that it may be another merchant's", async () => {
		const posted = notification({}, { key: PLATFORM_A, serial: PUBLIC_KEY.serial });
		await expectRefusal(posted, 401, /does not fit the key .*another merchant's/);
	});
});

describe('a notification of WeChat Pay', () => {
	it('is answered 204 without a body and starts the workflow with one item', async () => {
		const posted = notification({
			id: 'EV-2018022511223320873',
			summary: '会员卡激活事件通知',
			original_type: 'membercard',
			associated_data: 'membercard',
		});
		const got = await notify(n8n, posted);

		expect(got.status).toBe(204);
		expect(got.body).toHaveLength(0);
		expect(started(n8n)).toEqual([
			{
				id: 'EV-2018022511223320873',
				event_type: 'MEMBERCARD.ACTIVATE_CARD',
				create_time: '2026-11-25T10:35:53+08:00',
				summary: '会员卡激活事件通知',
				resource_type: 'encrypt-resource',
				resource: ACTIVATION,
			},
		]);
		expect(n8n.log).toEqual([]);
	});

	it('keeps its own event type apart from the one inside', async () => {
		await notify(n8n, notification({ event_type: 'MEMBERCARD.USERCARD_MANAGE' }));
		expect(started(n8n)).toEqual([
			expect.objectContaining({
				event_type: 'MEMBERCARD.USERCARD_MANAGE',
				resource: expect.objectContaining({ event_type: 'MEMBER_CARD_ACTIVATE' }) as unknown,
			}),
		]);
	});

	it.each<[string, Contents, Signing]>([
		['without a summary', { summary: undefined }, {}],
		['with an empty summary', { summary: '' }, {}],
		['without the original type', { original_type: undefined }, {}],
		['with empty associated data', { associated_data: '' }, {}],
		['without associated data', { associated_data: undefined }, {}],
		['with associated data', { associated_data: 'transaction' }, {}],
		['of a type nobody knows', { event_type: 'BRAND_NEW.EVENT' }, {}],
		['without a creation time', { envelope: { create_time: undefined } }, {}],
		['with members nobody knows', { envelope: { more: { of: 'it' } } }, {}],
		['with text of several bytes', { resource: { name: '积分 😀' } }, {}],
		['with an empty object', { resource: {} }, {}],
		['without the type of the signature', {}, { headers: typed(undefined) }],
		['named in other letters', {}, { serial: PUBLIC_KEY.serial.toLowerCase() }],
		[
			'with a character set',
			{},
			{ headers: { 'Content-Type': 'application/json; charset=utf-8' } },
		],
		['in other letters', {}, { headers: { 'Content-Type': 'Application/JSON' } }],
		['from four minutes ago', {}, { timestamp: seconds(-240) }],
		['from a clock ahead', {}, { timestamp: seconds(240) }],
	])('%s is taken', async (_, contents, signing) => {
		const got = await notify(n8n, notification(contents, signing));
		expect(got.status).toBe(204);
		expect(started(n8n)).toHaveLength(1);
		expect(n8n.log).toEqual([]);
	});

	it('leaves out what WeChat Pay left out', async () => {
		await notify(n8n, notification({ envelope: { create_time: undefined } }));
		const [item] = started(n8n) as object[];
		expect(Object.keys(item)).toEqual(['id', 'event_type', 'resource_type', 'resource']);
	});

	it('is read as it is, whatever the JSON is spaced like', async () => {
		const { body } = notification({ resource: { amount: { total: 1e3 } } });
		const spaced = Buffer.from(` ${body.toString().replace(/,/g, ' ,\r\n\t')} \n`);
		const got = await notify(n8n, notification({}, { body: spaced }));
		expect(got.status).toBe(204);
		expect(started(n8n)).toEqual([
			expect.objectContaining({ resource: { amount: { total: 1000 } } }),
		]);
	});

	it('as large as WeChat Pay makes them is taken', async () => {
		const got = await notify(n8n, notification({ resource: { text: 'x'.repeat(780_000) } }));
		expect(got.status).toBe(204);
		expect(started(n8n)).toHaveLength(1);
	});

	it.each([
		['the public key', PUBLIC_KEY],
		['a platform certificate', PLATFORM_A],
		['another platform certificate', PLATFORM_B],
	])('is verified with %s while the merchant moves', async (_, key) => {
		await open({}, { credential: BOTH });
		const lower = { ...key, serial: key.serial.toLowerCase() };
		expect((await notify(n8n, notification({}, { key }))).status).toBe(204);
		expect((await notify(n8n, notification({}, { key: lower }))).status).toBe(204);
		expect(started(n8n)).toHaveLength(2);
	});

	it('needs no private key of the merchant', async () => {
		await open({}, { credential: { ...CREDENTIAL, privateKey: '', serialNo: '' } });
		expect((await notify(n8n, notification())).status).toBe(204);
		expect(started(n8n)).toHaveLength(1);
	});
});

function typed(type: string | undefined): Record<string, string | undefined> {
	return { 'Wechatpay-Signature-Type': type };
}

function seconds(fromNow: number): number {
	return Math.floor(Date.now() / 1000) + fromNow;
}

describe('what does not verify', () => {
	it.each(['Timestamp', 'Nonce', 'Signature', 'Serial'])(
		'for lack of the header Wechatpay-%s starts nothing',
		async (name) => {
			const posted = notification({}, { headers: { [`Wechatpay-${name}`]: undefined } });
			await expectRefusal(posted, 401, 'The post is not signed');
		},
	);

	it.each<[string, Signing, string]>([
		['from six minutes ago', { timestamp: seconds(-360) }, 'clock'],
		['from six minutes ahead', { timestamp: seconds(360) }, 'clock'],
		['in milliseconds', { timestamp: Date.now() }, 'clock'],
		['without a number for a time', { timestamp: 'now' }, 'clock'],
		['signed for a test', { signature: 'WECHATPAY/SIGNTEST/Zm9v' }, 'test signatures'],
		['of another type', { headers: typed('WECHATPAY2-SM2-WITH-SM3') }, 'another type'],
		['with the key of an older merchant', { key: PLATFORM_A }, 'Both'],
		['with a key of a strange name', { serial: 'FFFF' }, "'FFFF'"],
		['with another key under our name', PLATFORM_AS_PUBLIC_KEY, 'forged'],
		['with no base64', { signature: '好好' }, 'forged'],
		['with half a signature', { signature: 'YWJj' }, 'forged'],
		['signed over another body', { signedBody: Buffer.from('{}') }, 'forged'],
		['signed over nothing', { signedBody: Buffer.alloc(0) }, 'forged'],
		['empty', { body: Buffer.alloc(0), signedBody: Buffer.from('{}') }, 'forged'],
	])('%s starts nothing', async (_, signing, log) => {
		const posted = notification({}, latin(signing));
		await expectRefusal(posted, 401, log);
	});

	it('with a second signature behind the right one starts nothing', async () => {
		const posted = notification();
		const signature = `${posted.headers['Wechatpay-Signature']}, QUJD`;
		const headers = { ...posted.headers, 'Wechatpay-Signature': signature };
		await expectRefusal({ ...posted, headers }, 401, 'more than once');
	});

	it('because its body was changed on the way starts nothing', async () => {
		const { headers, body } = notification({ id: 'EV-1' });
		const changed = Buffer.from(body.toString().replace('EV-1', 'EV-2'));
		await expectRefusal({ headers, body: changed }, 401, 'changes bodies');
	});

	it('because its body was written anew starts nothing, though it means the same', async () => {
		const { headers, body } = notification();
		const written = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
		await expectRefusal({ headers, body: written }, 401, 'changes bodies');
	});

	it('never falls back to another key of the credential', async () => {
		await open({}, { credential: BOTH });
		const posted = notification({}, { key: PLATFORM_A, serial: PLATFORM_B.serial });
		await expectRefusal(posted, 401, 'forged');
	});

	it('is refused before anybody asks whether it is listened to', async () => {
		await open({ events: ['REFUND.SUCCESS'] });
		await expectRefusal(notification({}, PLATFORM_AS_PUBLIC_KEY), 401, 'forged');
	});
});

/** Headers go over the wire in one byte a character. */
function latin({ signature, ...signing }: Signing): Signing {
	return signature === undefined
		? signing
		: { ...signing, signature: Buffer.from(signature).toString('latin1') };
}

describe('a post that cannot be a notification', () => {
	it.each([
		'text/plain',
		'application/x-www-form-urlencoded',
		'text/xml',
		'multipart/form-data; boundary=x',
		'application/jsonp',
		'',
		undefined,
	])('is refused for the content type %p', async (type) => {
		const { headers } = notification({}, { headers: { 'Content-Type': type } });
		const given = headers['Content-Type'];
		const unsigned: Posted['headers'] = given === undefined ? {} : { 'Content-Type': given };
		await expectRefusal({ headers: unsigned, body: Buffer.from('a') }, 415, 'content type');
	});

	it('is refused for its size', async () => {
		const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(1_100_000) }));
		await expectRefusal(notification({}, { body }), 413, 'more than any notification');
	});

	it.each(['GET', 'PUT', 'DELETE', 'PATCH'])('never gets to the node by %s', async (method) => {
		expect((await post(n8n.url, notification(), method)).status).toBe(404);
		expect(n8n.log).toEqual([]);
	});

	it('of malformed JSON is answered by n8n', async () => {
		const got = await notify(n8n, notification({}, { body: Buffer.from('{"id":') }));
		expect(got.status).toBe(422);
		expect(n8n.log).toEqual([]);
	});
});

describe('a verified text that is no notification', () => {
	const asBody = (value: unknown) => notification({}, { body: Buffer.from(JSON.stringify(value)) });

	it.each([
		['a list', []],
		['null', null],
		['a number', 7],
		['an empty object', {}],
		['no ID', { event_type: 'X', resource: {} }],
		['a number for an ID', { id: 1, event_type: 'X', resource: {} }],
		['no event type', { id: 'EV-1', resource: {} }],
		['no resource', { id: 'EV-1', event_type: 'X' }],
		['a text for a resource', { id: 'EV-1', event_type: 'X', resource: 'x' }],
	])('is refused: %s', async (_, value) => {
		await expectRefusal(asBody(value), 400, 'another form than documented');
	});

	it('is refused when it is encrypted by another algorithm', async () => {
		await expectRefusal(notification({ algorithm: 'AEAD_SM4_GCM' }), 400, 'encrypted in another');
	});

	it.each(['no JSON', '[]', '"text"', 'null', ''])(
		'is refused when its data is %p',
		async (resource) => {
			await expectRefusal(notification({ resource }), 400, 'not a JSON object');
		},
	);
});

describe('when our own key is at fault', () => {
	const faulty = async (changes: object) => {
		await open({}, { credential: { ...CREDENTIAL, ...changes } });
	};

	it.each([
		[
			'another APIv3 key',
			{ apiV3Key: MERCHANT.apiV3Key.toUpperCase() },
			'compare the key with the merchant platform',
		],
		['no APIv3 key', { apiV3Key: '' }, "'APIv3 Key' in the WeChat Pay credential is empty"],
		['half an APIv3 key', { apiV3Key: 'half' }, 'has 4 characters'],
		['no public key', { publicKey: '' }, "'WeChat Pay Public Key' .* is empty"],
		['a private key for the public one', { publicKey: MERCHANT.privateKeyPem }, 'holds a private'],
	])('%s is answered 500, and the log says what to fix', async (_, changes, log) => {
		await faulty(changes);
		await expectRefusal(notification(), 500, log);
	});

	it.each([
		['a changed ciphertext', { ciphertext: 'AAAA'.repeat(20) }],
		['an empty ciphertext', { ciphertext: '' }],
		['no ciphertext', { ciphertext: undefined }],
		['a number for a ciphertext', { ciphertext: 7 }],
		['another nonce', { nonce: '000000000000' }],
		['no nonce', { nonce: undefined }],
		['other associated data', { associated_data: 'other' }],
	])('%s cannot be decrypted, and is answered 500', async (_, changes) => {
		const { resource } = JSON.parse(notification().body.toString()) as { resource: object };
		const posted = notification({ envelope: { resource: { ...resource, ...changes } } });
		await expectRefusal(posted, 500, 'was not encrypted with this APIv3 key');
	});

	it('a credential that n8n cannot read is answered 500', async () => {
		const credential = () => {
			throw new Error('Credentials were deleted');
		};
		await open({}, { credential });
		await expectRefusal(notification(), 500, "can't be read: .*deleted");
	});

	it('starts the workflow once it is fixed, though WeChat Pay sends the same again', async () => {
		let apiV3Key = MERCHANT.apiV3Key.toUpperCase();
		await open({}, { credential: () => ({ ...CREDENTIAL, apiV3Key }) });
		const contents = { id: 'EV-fixed' };
		expect((await notify(n8n, notification(contents))).status).toBe(500);
		({ apiV3Key } = MERCHANT);
		expect((await notify(n8n, notification(contents))).status).toBe(204);
		expect(started(n8n)).toHaveLength(1);
	});
});

describe('a response', () => {
	it('of 500 is all that leaves the node when it meets something unforeseen', async () => {
		await open({ ignoreRepeats: "={{ $('Nobody').item.json.x }}" });
		await expectRefusal(notification(), 500, 'hit an unexpected condition');
	});

	it('comes while the workflow is still at work', async () => {
		let finish: () => void = () => {};
		const work = new Promise<void>((resolve) => (finish = resolve));
		const workflow = triggerWorkflow({}, 'slow');
		const slow = { ...workflow.nodes[0], id: 'slow', name: 'Slow', type: 'slow', parameters: {} };
		await open(
			{},
			{
				workflow: {
					...workflow,
					nodes: [...workflow.nodes, slow],
					connections: { [TRIGGER]: { main: [[{ node: 'Slow', type: 'main', index: 0 }]] } },
				},
				standIns: {
					slow: standIn('slow', async (context) => {
						await work;
						return context.getInputData();
					}),
				},
			},
		);
		expect((await post(n8n.url, notification())).status).toBe(204);
		expect(n8n.runs).toEqual([]);
		finish();
		await n8n.settled();
		expect(n8n.runs[0].json('Slow')).toHaveLength(1);
	});
});
