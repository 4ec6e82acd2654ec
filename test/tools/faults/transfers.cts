/**
 * Transfers against a WeChat Pay that misbehaves, its queries included: nobody paid twice, nobody forgotten, nobody told of
 * money that did not move. Every fault has members of its own, and WeChat Pay ends some of the transfers as failed. What
 * is not done in the first night runs again in the second, in a process that remembers nothing, without faults: under
 * another number where the item says that WeChat Pay has FAIL, and nowhere else.
 */
import type { IDataObject } from 'n8n-workflow';

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
	optionsOf,
	saidOf,
	SHARE_OF_FAULTS,
	type Night,
	type NightResult,
} from './nights.cts';

const FEN = 250;

interface TransferNight extends Night {
	/** Whom money is owed, and the number it is sent under. */
	numbers: Map<string, string>;
}

/** @param members for each fault */
export async function runTransfers(seed: number, members: number): Promise<NightResult[]> {
	const nights = await Promise.all(
		COMMIT_FAULTS.map(async (fault, index) => await openNight(fault, seed + index, members)),
	);
	await inTurns(nights, async (night) => {
		await transfer(night, [...night.numbers.keys()]);
		judge(night, [...night.numbers.keys()], (member) => paymentsOf(night, member).length > 0);
	});
	restartProcess();
	await inTurns(nights, async (night) => {
		night.wechatPay.misbehaveBy(() => undefined);
		night.wechatPay.setTransferState('WAIT_USER_CONFIRM');
		await transferAgain(night);
		judgeEnd(night);
		await night.wechatPay.stop();
	});
	return nights.map(({ fault, counts, wrong }) => ({ fault, counts, wrong }));
}

async function openNight(fault: CommitFault, seed: number, count: number): Promise<TransferNight> {
	const wechatPay = await FakeWechatPay.start({ record: false });
	const most = countOf(fault, count);
	const members = Array.from({ length: most }, (_, index) => `member${index}`);
	const draw = new Draw(seed);
	wechatPay.misbehaveBy(() => {
		wechatPay.setTransferState(draw.happens(0.25) ? 'FAIL' : 'WAIT_USER_CONFIRM');
		return draw.happens(SHARE_OF_FAULTS) ? fault : undefined;
	});
	const numbers = new Map(members.map((member) => [member, `T1${member}`]));
	return { fault, wechatPay, numbers, items: new Map(), wrong: [], counts: {} };
}

async function transfer(night: TransferNight, members: string[]): Promise<void> {
	if (members.length === 0) return;
	const { numbers } = night;
	const execution = await runOperation({
		resource: 'transfer',
		operation: 'create',
		parameters: {
			outBillNo: '={{ $json.number }}',
			openid: '={{ $json.member }}',
			transferAmount: FEN,
			transferRemark: '返现',
			activityName: '会员返现',
			rewardReason: '消费返现',
			additionalFields: { userName: '张三' },
		},
		items: members.map((member) => ({ json: { member, number: numbers.get(member) } })),
		options: optionsOf(night.fault),
		credential: night.wechatPay.credential({ appid: 'wxd678efh567hg6787' }),
	});
	const memberOf = new Map(members.map((member) => [numbers.get(member), member]));
	keepItems(night, members, execution, (json) =>
		String(json.member ?? memberOf.get(String(json.out_bill_no))),
	);
}

/** As the docs say: the same number, unless WeChat Pay was seen to say that this one has failed. */
async function transferAgain(night: TransferNight): Promise<void> {
	const open = [...night.numbers.keys()].filter((member) => saidOf(night, member) !== 'done');
	for (const member of open) renumber(night, member);
	await transfer(night, open);
	// Some are told only now that their transfer has failed.
	const failed = open.filter((member) => renumber(night, member));
	await transfer(night, failed);
}

/** @returns whether another number was taken */
function renumber({ items, numbers }: TransferNight, member: string): boolean {
	const [left] = items.get(member) ?? [];
	const { code, found, response } = (left?.json.error ?? {}) as Record<string, IDataObject>;
	const isFailed =
		found?.state === 'FAIL' || (response?.state === 'FAIL' && String(code) === 'FAIL');
	if (isFailed) numbers.set(member, `T2${member}`);
	return isFailed;
}

function judgeEnd(night: TransferNight): void {
	for (const member of night.numbers.keys()) {
		const payments = paymentsOf(night, member);
		if (payments.length > 1) night.wrong.push(`${member} paid ${payments.length} times`);
		if (saidOf(night, member) !== 'done') night.wrong.push(`${member} not done in the end`);
		if (payments.length === 0) night.wrong.push(`${member} not paid`);
	}
}

/** What WeChat Pay holds for a member, and will pay or has paid. */
function paymentsOf({ wechatPay }: Night, member: string) {
	return wechatPay.transfers.filter(
		({ openid, state, transfer_amount: fen }) =>
			openid === member && state !== 'FAIL' && fen === FEN,
	);
}
