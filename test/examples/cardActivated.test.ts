import type { N8n } from '../support/engine/webhook.cts';
import { PLATFORM_A, PUBLIC_KEY } from '../support/fake/keys.cts';
import { ACTIVATION, newId, notification } from '../support/fake/notification.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { notify } from '../unit/WechatPayTrigger/scene.cts';
import { openExample } from './notified.cts';
import { Outside } from './outside.cts';

const { card_id: CARD, code: CODE, openid: OPENID, unionid: UNIONID } = ACTIVATION;
const TIME = '2026-11-25T10:35:53+08:00';
const ACTIVATED = 'MEMBERCARD.ACTIVATE_CARD';
const MANAGED = 'MEMBERCARD.USERCARD_MANAGE';
const DETAILS = {
	common_field_list: [{ name: 'USER_FORM_FLAG_CITY', value: '深圳' }],
	custom_field_list: [{ name: '喜欢的运动', value_list: ['篮球', '足球'] }],
};

let wechatPay: FakeWechatPay;
let outside: Outside;
let n8n: N8n;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	outside = new Outside();
	n8n = await openExample({ file: 'card-activated.json', wechatPay, outside });
});

afterEach(async () => {
	await n8n.stop();
	await wechatPay.stop();
});

interface Event {
	outer?: string;
	/** Replaces fields of the data; undefined takes one away. */
	data?: Partial<Record<keyof typeof ACTIVATION, string | undefined>>;
	id?: string;
}

/** WeChat Pay notifies of what became of a card, and everything that this starts comes to its end. */
async function happened({ outer = ACTIVATED, data, id = newId() }: Event = {}): Promise<void> {
	const resource = { ...ACTIVATION, event_time: TIME, ...data };
	const { status } = await notify(n8n, notification({ id, event_type: outer, resource }));
	expect(status).toBe(204);
	expect(n8n.runs.map(({ error }) => error).filter(Boolean)).toEqual([]);
}

/** What the user did with a card; WeChat Pay tells less of it than of an activation. */
const managed = async (event_type: string) =>
	await happened({
		outer: MANAGED,
		data: { event_type, activate_scene: undefined, outer_str: undefined },
	});

describe('a card that is activated', () => {
	it('gives its member a row', async () => {
		await happened();

		expect(outside.queries).toEqual({
			'Keep Member': [[CARD, CODE, OPENID, UNIONID, 'sz_store_001', TIME]],
		});
		expect(wechatPay.requests).toEqual([]);
	});

	it('leaves empty what WeChat Pay left out', async () => {
		const left = { unionid: undefined, outer_str: undefined, activate_scene: undefined };
		await happened({ data: left });

		expect(outside.queries).toEqual({
			'Keep Member': [[CARD, CODE, OPENID, null, null, TIME]],
		});
	});

	it('and is activated again after it was deleted is kept, too', async () => {
		await happened({ data: { activate_scene: 'RECOVER' } });
		expect(outside.queries).toHaveProperty('Keep Member');
	});
});

describe('a card that is deleted', () => {
	it('is marked so', async () => {
		await managed('USER_DELETE_MEMBERCARD');

		expect(outside.queries).toEqual({ 'Mark Deleted': [[CARD, CODE, TIME]] });
		expect(wechatPay.requests).toEqual([]);
	});
});

describe('a card whose details are edited', () => {
	it('is read again', async () => {
		wechatPay.addMember({ card_id: CARD, code: CODE, user_information: DETAILS });
		await managed('USER_MODIFY_INFORMATION');

		expect(outside.queries).toEqual({
			'Keep Details': [[CARD, CODE, JSON.stringify(DETAILS), TIME]],
		});
		expect(wechatPay.requests).toHaveLength(1);
	});

	it('may have none left', async () => {
		wechatPay.addMember({ card_id: CARD, code: CODE });
		await managed('USER_MODIFY_INFORMATION');

		expect(outside.queries).toEqual({ 'Keep Details': [[CARD, CODE, null, TIME]] });
	});

	it('keeps the reason where it could not be read', async () => {
		await managed('USER_MODIFY_INFORMATION');

		expect(outside.queries).toEqual({
			'Keep Why Not Read': [[CARD, CODE, expect.stringContaining('no member card'), TIME]],
		});
	});

	it('keeps the reason where the response cannot be trusted', async () => {
		wechatPay.addMember({ card_id: CARD, code: CODE, user_information: DETAILS });
		wechatPay.misbehave({ fault: 'bad-signature', times: Infinity });
		await managed('USER_MODIFY_INFORMATION');

		expect(outside.queries).toEqual({
			'Keep Why Not Read': [[CARD, CODE, expect.stringMatching(/signature/), TIME]],
		});
	});
});

describe('a notification', () => {
	// An activation inside counts only in a notification of one.
	it.each(['USER_VIEW_MEMBERCARD', 'BRAND_NEW_EVENT', 'MEMBER_CARD_ACTIVATE'])(
		'of %s changes nothing',
		async (event_type) => {
			await managed(event_type);

			expect(n8n.runs).toHaveLength(1);
			expect(outside.queries).toEqual({});
			expect(wechatPay.requests).toEqual([]);
		},
	);

	it('of a claim, which calls itself an activation inside, starts nothing', async () => {
		await happened({ outer: 'MEMBERCARD.ACCEPT_CARD' });
		expect(n8n.runs).toEqual([]);
	});

	it('that is forged starts nothing', async () => {
		const forged = notification({}, { key: PLATFORM_A, serial: PUBLIC_KEY.serial });
		const { status } = await notify(n8n, forged);

		expect(status).toBe(401);
		expect(n8n.runs).toEqual([]);
		expect(outside.queries).toEqual({});
	});

	it('that comes again starts nothing again', async () => {
		const id = newId();
		for (let time = 0; time < 3; time += 1) await happened({ id });

		expect(n8n.runs).toHaveLength(1);
		expect(outside.queries['Keep Member']).toHaveLength(1);
	});
});
