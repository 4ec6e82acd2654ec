import type { Execution } from '../support/engine/engine.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { PNG } from '../support/fake/rules/upload.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

const MERCHANT_OF_CARDS = { appid: 'wxea9c30890f48d5ae', brandId: '1004' };
const LOGO = Buffer.concat([PNG, Buffer.from('the logo')]);
const BACKGROUND = Buffer.concat([PNG, Buffer.from('the background')]);

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await wechatPay.stop();
});

async function create(background: Buffer = BACKGROUND): Promise<Execution> {
	return await runExample({
		file: 'create-card.json',
		start: 'Start',
		wechatPay,
		credential: MERCHANT_OF_CARDS,
		outside: new Outside({
			files: {
				'https://your-shop.example/logo.png': LOGO,
				'https://your-shop.example/background.png': background,
			},
		}),
	});
}

/** Every request whose path ends so is processed, but its response can't be trusted. */
const spoilAnswers = (end: string) =>
	wechatPay.misbehave({
		fault: 'bad-signature',
		times: 2,
		when: ({ url }) => url.endsWith(end),
	});

describe('when all goes well', () => {
	it('the card has both images, and its points are turned on', async () => {
		const execution = await create();

		expect(execution.error).toBeUndefined();
		const [logo, background] = wechatPay.images;
		expect([logo, background]).toMatchObject([
			{ filename: 'logo.png', bytes: LOGO },
			{ filename: 'background.png', bytes: BACKGROUND },
		]);
		expect(wechatPay.cards).toMatchObject([
			{
				title: '示例会员卡',
				appid: MERCHANT_OF_CARDS.appid,
				brand: { brand_id: MERCHANT_OF_CARDS.brandId },
				logo_url: logo.media_url,
				background_picture_url: background.media_url,
				bonusEnabled: true,
				rights: { show_bonus: true, show_favor: false, bonus: { init_bonus: 0 } },
			},
		]);
		expect(execution.json('New Card')).toEqual([
			{ card_id: wechatPay.cards[0].card_id, title: '示例会员卡', status: 'APPROVED' },
		]);
	});

	it('a second run with the same request number finds the same card', async () => {
		const [first, second] = [await create(), await create()];

		expect(wechatPay.cards).toHaveLength(1);
		expect(second.json('New Card')).toEqual(first.json('New Card'));
	});
});

describe('what does not succeed stops the workflow with the reason', () => {
	it('a file that is no image', async () => {
		const execution = await create(Buffer.from('<html>not found</html>'));

		expect(execution.error?.message).toMatch(/must hold a JPG, PNG or BMP image/);
		expect(wechatPay.cards).toEqual([]);
	});

	it('a card that is refused', async () => {
		wechatPay.setAppidFault(MERCHANT_OF_CARDS.appid, 'AppID非服务号');
		const execution = await create();

		expect(execution.error?.message).toMatch(/INVALID_REQUEST/);
		expect(execution.json('Turn On Points')).toEqual([]);
		expect(wechatPay.cards).toEqual([]);
	});

	it('a card whose answer cannot be trusted; the next run finds it', async () => {
		spoilAnswers('/cards');
		const execution = await create();
		expect(execution.error?.message).toMatch(/signature/);
		expect(execution.json('New Card')).toEqual([]);

		const again = await create();
		expect(wechatPay.cards).toHaveLength(1);
		expect(again.json('New Card')).toMatchObject([{ card_id: wechatPay.cards[0].card_id }]);
	});

	it('points that could not be turned on: the message names the card', async () => {
		wechatPay.misbehave({ fault: 'redirect', when: ({ url }) => url.endsWith('/rights') });
		const execution = await create();

		const [{ card_id, bonusEnabled }] = wechatPay.cards;
		expect(bonusEnabled).toBe(false);
		expect(execution.error?.message).toMatch(
			new RegExp(`^The card ${card_id} is there, but its points are not turned on\\. `),
		);
	});
});
