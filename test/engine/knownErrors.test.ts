import type { IDataObject } from 'n8n-workflow';

import type { KnownError } from '../../nodes/client/types';
import { knownErrors, resources } from '../support/catalogue.cts';
import { generalErrors } from '../../nodes/client/response/knownErrors';
import { explain, diagnoseSignature } from '../../nodes/client/response/messages';
import { NOT_COMMITTED, runBonus } from '../support/engine/bonusWorkflow.cts';
import { CARD, openShop, type Shop } from '../support/engine/shop.cts';
import { pem } from '../support/fake/keys.cts';
import type { FakeOptions } from '../support/fake/server.cts';

let shop: Shop;

afterEach(async () => {
	await shop.wechatPay.stop();
});

/** Commits one order. @returns the error of its error item */
async function refusedWith(
	spoil: (shop: Shop) => void,
	credential: Record<string, string> = {},
	options: FakeOptions = {},
	parameters: IDataObject = {},
): Promise<IDataObject> {
	shop = await openShop(1, options);
	spoil(shop);
	const execution = await runBonus({
		orders: shop.orders,
		credential: shop.wechatPay.credential(credential),
		onError: 'continueErrorOutput',
		parameters,
	});
	return execution.json(NOT_COMMITTED)[0].error as IDataObject;
}

/** WeChat Pay's text, how to get it, parameters, our message, whether the item may be run again after the cause is fixed. */
const business: Array<[string, (shop: Shop) => void, IDataObject, RegExp, boolean]> = [
	[
		'会员卡ID无效',
		({ orders }) => (orders[0].card_id = 'pNoSuchCard'),
		{},
		/the card ID is not known/,
		false,
	],
	[
		'会员卡的创建商户号不等于调用方商户号',
		({ wechatPay }) => wechatPay.addCard({ card_id: CARD, creator: '1900000999' }),
		{},
		/another merchant created this card.*Use the credential of the merchant/,
		true,
	],
	[
		'没有开通会员积分权益服务',
		({ wechatPay }) => wechatPay.addCard({ card_id: CARD, bonusEnabled: false }),
		{},
		/points are not turned on.*Turn on 'Show Points' with Card: Set Benefits/,
		true,
	],
	[
		'商户号无效',
		({ wechatPay }) => wechatPay.setKnown('1900000888', false),
		{ subMchid: '1900000888' },
		/merchant number that took the payment is not valid/,
		false,
	],
	[
		'商户号和品牌关系校验失败',
		({ wechatPay }) => wechatPay.unbindFromBrand('1900000888'),
		{ subMchid: '1900000888' },
		/not bound to the card's brand.*Bind the merchant number to the brand/,
		true,
	],
	[
		'code不存在',
		({ orders }) => (orders[0].member_code = 'nobody'),
		{},
		/no member card has this code/,
		false,
	],
	[
		'用户会员卡无效',
		({ wechatPay }) => wechatPay.addMember({ card_id: CARD, code: 'code-0', valid: false }),
		{},
		/deleted this card.*claim the card again/,
		false,
	],
	[
		'请先升级会员卡才能使用此功能',
		({ wechatPay }) => wechatPay.addCard({ card_id: CARD, upgraded: false }),
		{},
		/old official-account card.*Upgrade the card template with Card: Upgrade/,
		true,
	],
];

it.each(business)(
	'400 INVALID_REQUEST %s',
	async (text, spoil, parameters, message, repeatable) => {
		const error = await refusedWith(spoil, {}, {}, parameters);

		expect(error).toMatchObject({
			outcome: 'refused',
			code: 'INVALID_REQUEST',
			http_status: 400,
			raw_message: text,
			message: expect.stringMatching(message),
			description: expect.stringContaining(`WeChat Pay's words: ${text}. Request-ID`),
			repeatable,
		});
	},
);

it('points to WeChat Pay’s own words, in the description, where only they tell the meaning', async () => {
	const error = await refusedWith(({ orders }) => (orders[0].points = 99));

	expect(error.message).toContain('breaks a business rule (INVALID_REQUEST)');
	expect(error.message).toContain("See WeChat Pay's own words.");
	expect(error.message).not.toContain(error.raw_message);
	expect(error.description).toContain(`WeChat Pay's words: ${String(error.raw_message)}.`);
});

it('400 PARAM_ERROR names the field', async () => {
	const error = await refusedWith(() => {}, {}, {}, { mchid: '1900000109' });

	expect(error).toMatchObject({
		code: 'PARAM_ERROR',
		message: expect.stringMatching(
			/'Merchant ID' differs from the merchant that signs.*Leave 'Merchant ID' empty/,
		),
	});
});

it('403 NO_AUTH', async () => {
	const error = await refusedWith(({ wechatPay }) => wechatPay.setPermission(false));

	expect(error).toMatchObject({
		code: 'NO_AUTH',
		http_status: 403,
		message: expect.stringMatching(/may not use member cards.*Have the member-card product opened/),
	});
});

/** What an operation makes of a refusal for lack of permission. */
function refusedPermission(resource: string, operation: string): string {
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	const { what, wayOut } = explain(403, { code: 'NO_AUTH', message: '商户无权限' }, found);
	return `${what}. ${wayOut}`;
}

describe('NO_AUTH', () => {
	beforeEach(async () => {
		shop = await openShop(0);
	});

	it.each(['get', 'getByTransactionId'])(
		'of Order: %s is told in the words of orders, not of cards',
		(operation) => {
			const words = refusedPermission('order', operation);
			expect(words).toMatch(/may not read this order.*merchant that took the payment/);
			expect(words).not.toMatch(/card/i);
		},
	);

	it('of a card keeps to the words of cards', () => {
		expect(refusedPermission('card', 'get')).toMatch(/may not use member cards/);
	});
});

describe('401 SIGN_ERROR', () => {
	it('tells that the key is another one when the bytes are the same', async () => {
		const error = await refusedWith(() => {}, { privateKey: pem('other-merchant-key.pem') });

		expect(error).toMatchObject({
			outcome: 'refused',
			code: 'SIGN_ERROR',
			http_status: 401,
			issue: 'sign not match',
			repeatable: true,
			message: expect.stringMatching(
				/signature was not accepted \(SIGN_ERROR\)\. 'Merchant Private Key' and 'Merchant Certificate Serial Number' do not belong together: WeChat Pay checked the same \d+ bytes that were signed\. \[item 0\]$/,
			),
		});
	});

	it('names the serial number', async () => {
		const error = await refusedWith(() => {}, { serialNo: 'ABCDEF0123456789' });

		expect(error.message).toMatch(/certificate serial number does not belong to this merchant/);
	});

	it.each([-1000, 700])('measures a clock that is off by %i s', async (off) => {
		const now = () => Date.now() / 1000 + off;
		const error = await refusedWith(() => {}, {}, { now });

		expect(error.message).toMatch(/clock of this n8n is off by more than five minutes.*NTP/);
		const [, seconds, direction] =
			/WeChat Pay's clock is (\d+) seconds (later|earlier)/.exec(String(error.message)) ?? [];
		expect(Math.abs(Number(seconds) - Math.abs(off))).toBeLessThanOrEqual(3);
		expect(direction).toBe(off > 0 ? 'later' : 'earlier');
	});

	describe('tells that the request was changed on its way', () => {
		const request = {
			method: 'POST',
			url: 'https://api.mch.weixin.qq.com/v3/a%20b?c=1',
			body: Buffer.from('{}'),
		};
		const facts = (signed: { url?: string; length?: number }) =>
			diagnoseSignature(
				{ status: 401, headers: {}, body: Buffer.alloc(0), sentAt: 0, receivedAt: 0, at: 0 },
				request,
				{ signed },
				'The advice.',
			).wayOut;
		// POST, target, ten digits, 32 characters, {} and their five line ends.
		const length = 'POST'.length + '/v3/a%20b?c=1'.length + 10 + 32 + 2 + 5;

		it('by its length', () => {
			expect(facts({ length: length + 1 })).toBe(
				`WeChat Pay checked ${length + 1} bytes, ${length} were signed: a proxy on the way changes the request.`,
			);
		});

		it('by its URL', () => {
			expect(facts({ length: length + 4, url: '/wx/v3/a%20b?c=1' })).toMatch(
				/^WeChat Pay saw another URL than was signed/,
			);
		});

		it('or that it was not', () => {
			expect(facts({ length, url: '/v3/a%20b?c=1' })).toMatch(
				/the same \d+ bytes that were signed/,
			);
		});

		it('and keeps to the advice where WeChat Pay tells nothing', () => {
			expect(facts({})).toBe('The advice.');
		});
	});
});

/** The known errors of an operation that has this one. */
function familyOf(refusal: KnownError): readonly KnownError[] {
	const families = resources.flatMap(({ operations }) =>
		operations.map((operation) => operation.knownErrors ?? []),
	);
	return families.find((family) => family.includes(refusal)) ?? [];
}

describe('the table of refusals', () => {
	beforeEach(async () => {
		shop = await openShop(0);
	});

	it.each(knownErrors)('$status $code $messageIncludes is found', (refusal) => {
		// The operations of a family have a general refusal told in the family's own words.
		const isGeneral = generalErrors.includes(refusal);
		const { messageIncludes: [part] = ['某个新的说明'], messagePattern, leavesOpen } = refusal;
		const message = messagePattern ? '268645892' : part;
		const { what, wayOut } = explain(
			refusal.status,
			{ code: refusal.code, message },
			{ knownErrors: isGeneral ? [] : familyOf(refusal) },
		);

		const { meaning, code } = refusal;
		const told = leavesOpen
			? meaning[0].toUpperCase() + meaning.slice(1)
			: `WeChat Pay refused: ${meaning}`;
		expect(what).toBe(`${told} (${code})`);
		expect(wayOut).toContain(refusal.advice);
	});

	it('of the older batches of transfers names the operation that there is now (T6)', () => {
		const refusal = { code: 'NO_AUTH', message: '当前商户号接入升级版本功能' };
		const found = resources.find(({ value }) => value === 'apiRequest')?.operations[0];
		const { what, wayOut } = explain(403, refusal, found);

		expect(what).toContain('the older batch product is not for this merchant');
		expect(wayOut).toMatch(/^Use Transfer: Create\./);
	});

	it('is not needed for a code that nobody knows', () => {
		const { what, wayOut } = explain(400, { code: 'BRAND_NEW', message: '新' });

		expect(what).toBe('WeChat Pay refused the request (BRAND_NEW)');
		expect(wayOut).toBe("See WeChat Pay's own words.");
	});
});
