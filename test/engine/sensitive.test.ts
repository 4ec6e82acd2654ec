/** Phone numbers are typed in plain, arrive encrypted, and are seen nowhere else. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { PLATFORM_A } from '../support/fake/keys.cts';
import { CARD } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';

const PHONE = '13800138000';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addPayer(PHONE);
});

afterEach(async () => {
	await wechatPay.stop();
});

interface Call {
	resource: string;
	operation: string;
	parameters: IDataObject;
}

const importByPhone: Call = {
	resource: 'member',
	operation: 'importByPhone',
	parameters: { cardId: CARD, encryptedPhoneNumber: '={{ $json.phone }}' },
};

const remind: Call = {
	resource: 'invitation',
	operation: 'create',
	parameters: {
		cardId: CARD,
		registrationTime: '2026-01-01T00:00:00+08:00',
		encryptedPhoneNumber: '={{ $json.phone }}',
	},
};

const askStatus: Call = {
	resource: 'invitation',
	operation: 'getStatus',
	parameters: { cardId: CARD, encryptedPhoneNumber: '={{ $json.phone }}' },
};

async function run(call: Call, phone: unknown = PHONE, credential = wechatPay.credential()) {
	const items: INodeExecutionData[] = [{ json: { phone } as IDataObject }];
	const execution = await runOperation({ ...call, items, credential, options: { retries: 0 } });
	const errors = execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject);
	return { done: execution.json(WECHAT, SUCCESS), errors };
}

it('arrives encrypted, and imports the member', async () => {
	const { done, errors } = await run(importByPhone);

	expect(errors).toEqual([]);
	expect(wechatPay.members.map(({ phone }) => phone)).toEqual([PHONE]);
	expect(wechatPay.requests[0].body).not.toContain(PHONE);
	expect(done).toEqual([
		{
			success: true,
			card_id: CARD,
			code: wechatPay.members[0].code,
			out_request_no: expect.stringMatching(/^n8n-/),
			request_id: expect.any(String),
		},
	]);
});

it('arrives encrypted for the platform certificate that the request names', async () => {
	const credential = wechatPay.credential({
		verification: 'platformCertificate',
		platformCertificates: PLATFORM_A.certificatePem,
	});
	const { errors } = await run(importByPhone, PHONE, credential);

	expect(errors).toEqual([]);
	expect(wechatPay.members).toMatchObject([{ phone: PHONE }]);
});

it('reminds, and asks for the state in the query', async () => {
	const reminded = await run(remind);
	const asked = await run(askStatus);

	expect([...reminded.errors, ...asked.errors]).toEqual([]);
	expect(wechatPay.invitations).toMatchObject([{ phone: PHONE }]);
	expect(asked.done).toMatchObject([{ card_id: CARD, receive_status: 'UNRECEIVED' }]);
	expect(wechatPay.requests[1].url).not.toContain(PHONE);
});

it('may be a number, as spreadsheets deliver it', async () => {
	const { errors } = await run(importByPhone, Number(PHONE));
	expect(errors).toEqual([]);
	expect(wechatPay.members).toMatchObject([{ phone: PHONE }]);
});

const bad: Array<[string, unknown]> = [
	['words', 'ask 13800138000 me'],
	['another field of the row', '13800138000x'],
	['too many digits to be exact', Number('1380013800013800138000')],
	['a list', [PHONE]],
	['emoji', `${PHONE}📱`],
	['two numbers in one cell', `${PHONE}\n13900139000`],
];

describe('is in no output, message or log', () => {
	const expectUnseen = (done: unknown, errors: unknown) =>
		expect(JSON.stringify([done, errors])).not.toContain('138001');

	it.each(bad)('of %s', async (_name, phone) => {
		const { done, errors } = await run(importByPhone, phone);
		expect(errors).toMatchObject([{ outcome: 'not_sent', field: 'encrypted_phone_number' }]);
		expectUnseen(done, errors);
		expect(wechatPay.counts.received).toBe(0);
	});

	it.each([importByPhone, remind, askStatus])(
		'of $operation, whatever comes of it',
		async (call) => {
			for (const fault of ['system-error', 'reset-after', 'bad-signature', 'not-json'] as const) {
				wechatPay.misbehave({ fault });
				const { done, errors } = await run(call);
				expectUnseen(done, errors);
			}
			const again = await run(call);
			expectUnseen(again.done, again.errors);
		},
	);

	it('of a workflow that stops', async () => {
		wechatPay.misbehave({ fault: 'reset-after' });
		const execution = await runOperation({
			...importByPhone,
			items: [{ json: { phone: PHONE } }],
			credential: wechatPay.credential(),
			options: { retries: 0 },
			onError: 'stopWorkflow',
		});
		const { message, description, stack } = execution.error as unknown as IDataObject;
		expect(String(message)).toContain('No response from WeChat Pay');
		expect(JSON.stringify([message, description, stack])).not.toContain(PHONE);
	});
});

it('is not repeated blindly where nothing names the request: a lost reminder is looked up first', async () => {
	wechatPay.misbehave({ fault: 'reset-after' });
	const { errors } = await run(remind);

	expect(wechatPay.counts.received).toBe(1);
	expect(errors).toMatchObject([{ outcome: 'unknown', repeatable: false }]);
	expect(String(errors[0].message)).toMatch(/Invitation: Get Status/);
});
