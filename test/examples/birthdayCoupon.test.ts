import type { IDataObject } from 'n8n-workflow';

import { restartProcess } from '../support/engine/restartProcess.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

skipWaits();

const STOCK = '9856000';
const ANY = expect.any(String) as string;

let wechatPay: FakeWechatPay;
let outside: Outside;

const birthday = (member_id: string, year = '2026') => ({
	member_id,
	openid: `o-${member_id}`,
	year,
});

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	outside = new Outside({ rows: ['anna', 'ben', 'cleo'].map((id) => birthday(id)) });
});

afterEach(async () => {
	await wechatPay.stop();
});

async function morning(): Promise<Outside['queries']> {
	outside.queries = {};
	const execution = await runExample({
		file: 'birthday-coupon.json',
		start: 'Every Morning',
		wechatPay,
		credential: { appid: 'wxd678efh567hg6787' },
		outside,
	});
	expect(execution.error).toBeUndefined();
	return outside.queries;
}

const sent = () =>
	wechatPay.coupons.map(({ openid, out_request_no }) => [openid, out_request_no]).sort();
const ofYear = (year: string, ...ids: string[]) =>
	ids.map((id) => [`o-${id}`, `birthday-${id}-${year}`]);

it('sends one to each, under a number of member and year', async () => {
	wechatPay.addStock({ stock_id: STOCK });
	expect(await morning()).toEqual({
		'Keep as Sent': ['anna', 'ben', 'cleo'].map((id) => [id, 2026, ANY]),
	});
	expect(sent()).toEqual(ofYear('2026', 'anna', 'ben', 'cleo'));
	expect(outside.posted).toEqual([]);
});

it('sends none twice in a year, whatever n8n could write, and one in the next year', async () => {
	wechatPay.addStock({ stock_id: STOCK });
	await morning();
	await morning();
	restartProcess();
	await morning();
	expect(sent()).toEqual(ofYear('2026', 'anna', 'ben', 'cleo'));
	outside.rows = [birthday('anna', '2027')];
	await morning();
	expect(sent()).toHaveLength(4);
});

it('a coupon whose response is lost is owed under the same number', async () => {
	wechatPay.addStock({ stock_id: STOCK });
	let isLost = true;
	const when = ({ url }: { url: string }) => isLost && url.includes('o-ben');
	wechatPay.misbehave({ fault: 'reset-after', times: Infinity, when });
	const { 'Keep the Reason': reasons } = await morning();
	expect(reasons).toEqual([['ben', 2026, 'true', ANY, ANY]]);
	isLost = false;
	expect(Object.keys(await morning())).toEqual(['Keep as Sent']);
	expect(sent()).toEqual(ofYear('2026', 'anna', 'ben', 'cleo'));
});

it('one refusal concerns one member, and raises one alert', async () => {
	wechatPay.addStock({ stock_id: STOCK, mostPerUser: 1 });
	wechatPay.addCoupon({ openid: 'o-anna', stock_id: STOCK });
	const written = await morning();
	expect(written['Keep as Sent']).toHaveLength(2);
	expect(written['Keep the Reason']).toEqual([['anna', 2026, 'false', 'RULE_LIMIT', ANY]]);
	expect(outside.posted).toEqual([
		{ msgtype: 'text', text: { content: expect.stringMatching(/^1 birthday coupons were not/) } },
	]);
});

it('a stock that ran out leaves everybody after it for another day', async () => {
	wechatPay.addStock({ stock_id: STOCK, most: 1 });
	const written = await morning();
	expect(written['Keep as Sent']).toHaveLength(1);
	expect(
		(written['Keep the Reason'] as unknown as IDataObject[][]).map(([, , , code]) => code),
	).toEqual(['NOT_ENOUGH', 'NOT_ENOUGH']);
	expect(outside.posted).toHaveLength(1);
});
