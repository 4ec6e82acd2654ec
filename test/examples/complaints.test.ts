import { chinaDaysAgo, chinaSeconds } from '../support/days.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

skipWaits();

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await wechatPay.stop();
});

const complain = (id: string, daysAgo: number) =>
	wechatPay.addComplaint({
		complaint_id: id,
		time: chinaSeconds(chinaDaysAgo(daysAgo)),
		complaint_detail: '未收到商品',
	});

async function posted(): Promise<unknown[]> {
	const outside = new Outside();
	const file = 'complaints-of-yesterday.json';
	const { error } = await runExample({ file, start: 'Every Morning', wechatPay, outside });
	expect(error).toBeUndefined();
	return outside.posted;
}

it('those of yesterday are told, and no others', async () => {
	complain('C-0', 0);
	complain('C-1', 1);
	complain('C-2', 2);
	expect(await posted()).toEqual([
		{ msgtype: 'text', text: { content: '1 complaints yesterday. The first: C-1, 未收到商品' } },
	]);
	const day = chinaDaysAgo(1);
	expect(wechatPay.requests.map(({ url }) => url)).toEqual([
		`/v3/merchant-service/complaints-v2?begin_date=${day}&end_date=${day}&limit=50`,
	]);
});

it('a day without any wakes nobody', async () => {
	complain('C-2', 2);
	expect(await posted()).toEqual([]);
});

it('a response that is not verified is no day without any', async () => {
	wechatPay.misbehave({ fault: 'bad-signature', times: Infinity });
	expect(await posted()).toEqual([
		{ msgtype: 'text', text: { content: expect.stringContaining('are not known') } },
	]);
});
