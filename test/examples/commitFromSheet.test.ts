import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
	wechatPay.addMember({ card_id: CARD, code: CODE });
	for (const order of ['A1', 'A2']) {
		wechatPay.prepareBonus({
			card_id: CARD,
			code: CODE,
			out_trade_no: order,
			bonus_value: 30,
		});
	}
});

afterEach(async () => {
	await wechatPay.stop();
});

const EMPTY = { outcome: '', code: '', advice: '', request_id: '' };

const row = (order_no: string, changes: object = {}) => ({
	order_no,
	card_id: CARD,
	member_code: CODE,
	points: 30,
	...EMPTY,
	...changes,
});

it('writes outcome, code, advice and Request-ID into columns of their own', async () => {
	const outside = new Outside({
		sheet: [
			row('A1'),
			row('A2', { outcome: 'committed' }),
			row('A3', { member_code: 'nobody' }),
			row('A4', { points: 'many' }),
		],
	});
	const execution = await runExample({
		file: 'commit-from-sheet.json',
		start: 'Start',
		wechatPay,
		outside,
	});

	expect(execution.error).toBeUndefined();
	const id = expect.stringMatching(/\w/);
	expect(outside.sheet).toEqual([
		row('A1', { outcome: 'committed', request_id: id }),
		// It has an outcome, and was left alone.
		row('A2', { outcome: 'committed' }),
		row('A3', {
			member_code: 'nobody',
			outcome: 'refused',
			code: 'INVALID_REQUEST',
			advice: expect.stringMatching(/^WeChat Pay refused/),
			request_id: id,
		}),
		row('A4', {
			points: 'many',
			outcome: 'not_sent',
			advice: expect.stringMatching(/^'Bonus Value' must be/),
		}),
	]);
	expect(wechatPay.bonuses.map(({ committed }) => committed)).toEqual([30, undefined]);
});
