import type { IDataObject } from 'n8n-workflow';

import { CARD } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

const OPENID = 'obLatjnx9gnqzS4myYGmLZ7LgLBA';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
});

afterEach(async () => {
	await wechatPay.stop();
});

/** @returns every response that the caller was given, of which n8n sends the first */
async function ask(query: IDataObject = { openid: OPENID }) {
	const outside = new Outside();
	const execution = await runExample({
		file: 'look-up-member.json',
		start: 'Member Asked For',
		json: { headers: {}, params: {}, query, body: {} },
		wechatPay,
		outside,
	});
	expect(execution.error).toBeUndefined();
	return outside.responses;
}

/** The user gets so many cards, code-0 first, each with its own points. */
function giveCards(count: number): void {
	for (let index = 0; index < count; index += 1) {
		const code = `code-${index}`;
		wechatPay.addMember({ card_id: CARD, code, openid: OPENID, bonus_value: index });
	}
}

const card = (index: number) => ({
	card_id: CARD,
	code: `code-${index}`,
	openid: OPENID,
	bonus_value: index,
	user_card_status: 'EFFECTIVE',
});

it.each([1, 2, 45])('answers with all %i cards of the user', async (count) => {
	giveCards(count);
	wechatPay.addMember({ card_id: CARD, code: 'of somebody else', openid: 'another' });

	const [response, ...others] = await ask();

	expect(others).toEqual([]);
	expect(response).toMatchObject({
		status: 200,
		body: Array.from({ length: count }, (_, index) => card(index)),
	});
});

it('answers 404 for a user without a card', async () => {
	expect(await ask()).toEqual([{ status: 404, body: { message: 'This user has no card' } }]);
});

it.each([{}, { openid: '' }])('answers 400 for the query %j', async (query) => {
	expect(await ask(query)).toEqual([
		{ status: 400, body: { message: expect.stringContaining("'OpenID'") } },
	]);
	expect(wechatPay.counts.received).toBe(0);
});

it('answers 502, not 404, when WeChat Pay gives no response that can be trusted', async () => {
	giveCards(1);
	wechatPay.misbehave({ fault: 'bad-signature', times: 2 });

	expect(await ask()).toEqual([{ status: 502, body: { message: expect.any(String) } }]);
});

it('answers 502 when WeChat Pay refuses the merchant', async () => {
	giveCards(1);
	wechatPay.setPermission(false);

	expect(await ask()).toEqual([
		{ status: 502, body: { message: expect.stringContaining('NO_AUTH') } },
	]);
});

describe('a card that cannot be read', () => {
	const spoil = (code: string) =>
		wechatPay.misbehave({
			fault: 'bad-signature',
			times: Infinity,
			when: ({ url }) => url.includes(`/codes/${code}`),
		});
	const notRead = (index: number) => ({
		card_id: CARD,
		code: `code-${index}`,
		not_read: expect.any(String),
	});

	it('is in the response beside the others, with the reason', async () => {
		giveCards(3);
		spoil('code-1');

		expect(await ask()).toMatchObject([{ status: 200, body: [card(0), card(2), notRead(1)] }]);
	});

	it('is in the response when it is the only one', async () => {
		giveCards(1);
		spoil('code-0');

		expect(await ask()).toEqual([{ status: 200, body: [notRead(0)] }]);
	});
});
