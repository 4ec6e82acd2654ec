/**
 * Refunds against a WeChat Pay that misbehaves: no order refunded twice, none lost, nobody told of money that did not
 * move. Every fault has orders of its own; what is not done in the first night runs again in the second, in a process
 * that remembers nothing, without faults.
 */
import { runOperation } from '../../support/engine/operation.cts';
import { restartProcess } from '../../support/engine/restartProcess.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { COMMIT_FAULTS, type CommitFault } from './commitFaults.cts';
import { Draw } from './draw.cts';
import {
	countOf,
	inTurns,
	judge,
	keepItems,
	leftOf,
	optionsOf,
	saidOf,
	SHARE_OF_FAULTS,
	type Night,
	type NightResult,
} from './nights.cts';

const TOTAL = 1000;

interface RefundNight extends Night {
	orders: string[];
}

/** @param orders for each fault */
export async function runRefunds(seed: number, orders: number): Promise<NightResult[]> {
	const nights = await Promise.all(
		COMMIT_FAULTS.map(async (fault, index) => await openNight(fault, seed + index, orders)),
	);
	await inTurns(nights, async (night) => {
		await refund(night, night.orders);
		judge(night, night.orders, (order) => refundsOf(night, order).length > 0);
	});
	restartProcess();
	await inTurns(nights, async (night) => {
		night.wechatPay.misbehaveBy(() => undefined);
		await refund(
			night,
			night.orders.filter((order) => saidOf(night, order) !== 'done'),
		);
		judgeEnd(night);
		await night.wechatPay.stop();
	});
	return nights.map(({ name, counts, wrong }) => ({ name, counts, wrong }));
}

async function openNight(fault: CommitFault, seed: number, count: number): Promise<RefundNight> {
	const wechatPay = await FakeWechatPay.start({ record: false });
	const most = countOf(fault, count);
	const orders = Array.from({ length: most }, (_, index) => `SHOP-${index}`);
	for (const out_trade_no of orders) wechatPay.addOrder({ out_trade_no, total: TOTAL });
	const draw = new Draw(seed);
	wechatPay.misbehaveBy(({ method }) =>
		method === 'POST' && draw.happens(SHARE_OF_FAULTS) ? fault : undefined,
	);
	const options = optionsOf(fault);
	return { name: fault, wechatPay, options, orders, items: new Map(), wrong: [], counts: {} };
}

async function refund(night: RefundNight, orders: string[]): Promise<void> {
	if (orders.length === 0) return;
	const execution = await runOperation({
		resource: 'refund',
		operation: 'create',
		parameters: {
			outTradeNo: '={{ $json.order_no }}',
			outRefundNo: "={{ 'R-' + $json.order_no }}",
			refund: 250,
		},
		items: orders.map((order_no) => ({ json: { order_no } })),
		options: night.options,
		credential: night.wechatPay.credential(),
	});
	keepItems(night, orders, leftOf(execution), (json) => String(json.out_trade_no ?? json.order_no));
}

function judgeEnd(night: RefundNight): void {
	for (const order of night.orders) {
		const refunds = refundsOf(night, order);
		if (refunds.length > 1) night.wrong.push(`${order} refunded ${refunds.length} times`);
		if (saidOf(night, order) !== 'done') night.wrong.push(`${order} not done in the end`);
		if (refunds.length === 0 || refunds[0].refund !== 250)
			night.wrong.push(`${order} not refunded`);
	}
}

function refundsOf({ wechatPay }: Night, outTradeNo: string) {
	return wechatPay.refunds.filter(({ order }) => order.out_trade_no === outTradeNo);
}
