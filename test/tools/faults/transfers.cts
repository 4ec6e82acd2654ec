/**
 * Transfers against a WeChat Pay that misbehaves, its queries included: nobody paid twice, nobody forgotten, nobody told of
 * money that did not move. Every fault has members of its own, and WeChat Pay ends some of the transfers as failed. What
 * is not done in the first night runs again in the second, in a process that remembers nothing, without faults: under
 * another number where the item says that WeChat Pay has FAIL, and nowhere else.
 */
import type { IDataObject } from 'n8n-workflow';
import Table from 'cli-table3';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import { restartProcess } from '../../support/engine/restartProcess.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { saidBy, type LeftItem } from './account.cts';
import { COMMIT_FAULTS, isSlow, type CommitFault } from './commitFaults.cts';
import { Draw } from './draw.cts';

const FEN = 250;
const SHARE_OF_FAULTS = 0.5;
/** Fault by fault, so many at once. */
const AT_ONCE = 8;

/** What became of the transfers that met one fault. */
export interface TransferResult {
	fault: CommitFault;
	counts: Record<string, number>;
	/** What is not as it should be, in words. */
	wrong: string[];
}

interface Night {
	fault: CommitFault;
	wechatPay: FakeWechatPay;
	/** Whom money is owed, and the number it is sent under. */
	numbers: Map<string, string>;
	/** What left the node, by member. */
	items: Map<string, LeftItem[]>;
	wrong: string[];
	counts: Record<string, number>;
}

/** @param members for each fault */
export async function runTransfers(seed: number, members: number): Promise<TransferResult[]> {
	const nights = await Promise.all(
		COMMIT_FAULTS.map(async (fault, index) => await openNight(fault, seed + index, members)),
	);
	await inTurns(nights, async (night) => {
		await transfer(night, [...night.numbers.keys()]);
		judge(night);
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

async function openNight(fault: CommitFault, seed: number, count: number): Promise<Night> {
	const wechatPay = await FakeWechatPay.start({ record: false });
	const most = isSlow(fault) ? Math.min(count, 4) : count;
	const members = Array.from({ length: most }, (_, index) => `member${index}`);
	const draw = new Draw(seed);
	wechatPay.misbehaveBy(() => {
		wechatPay.setTransferState(draw.happens(0.25) ? 'FAIL' : 'WAIT_USER_CONFIRM');
		return draw.happens(SHARE_OF_FAULTS) ? fault : undefined;
	});
	const numbers = new Map(members.map((member) => [member, `T1${member}`]));
	return { fault, wechatPay, numbers, items: new Map(), wrong: [], counts: {} };
}

async function inTurns(nights: Night[], work: (night: Night) => Promise<void>): Promise<void> {
	const waiting = [...nights];
	const next = async (): Promise<void> => {
		for (let night = waiting.shift(); night; night = waiting.shift()) await work(night);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function transfer(
	{ fault, wechatPay, items, numbers }: Night,
	members: string[],
): Promise<void> {
	if (members.length === 0) return;
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
		options: { retries: 1, concurrency: 8, timeout: isSlow(fault) ? 1500 : 10_000 },
		credential: wechatPay.credential({ appid: 'wxd678efh567hg6787' }),
	});
	if (execution.error) throw execution.error;
	const memberOf = new Map(members.map((member) => [numbers.get(member), member]));
	for (const member of members) items.set(member, []);
	const put = (by: LeftItem['by'], json: IDataObject) => {
		const member = String(json.member ?? memberOf.get(String(json.out_bill_no)));
		items.set(member, [...(items.get(member) ?? []), { by, json }]);
	};
	for (const json of execution.json(WECHAT, SUCCESS)) put('Success', json);
	for (const json of execution.json(WECHAT, ERROR)) put('Error', json);
}

/** As the docs say: the same number, unless WeChat Pay was seen to say that this one has failed. */
async function transferAgain(night: Night): Promise<void> {
	const open = [...night.numbers.keys()].filter((member) => saidOf(night, member) !== 'done');
	for (const member of open) renumber(night, member);
	await transfer(night, open);
	// Some are told only now that their transfer has failed.
	const failed = open.filter((member) => renumber(night, member));
	await transfer(night, failed);
}

/** @returns whether another number was taken */
function renumber({ items, numbers }: Night, member: string): boolean {
	const [left] = items.get(member) ?? [];
	const { code, found, response } = (left?.json.error ?? {}) as Record<string, IDataObject>;
	const isFailed =
		found?.state === 'FAIL' || (response?.state === 'FAIL' && String(code) === 'FAIL');
	if (isFailed) numbers.set(member, `T2${member}`);
	return isFailed;
}

function saidOf({ items }: Night, member: string): string {
	const left = items.get(member) ?? [];
	return left.length === 1 ? saidBy(left[0]) : 'lost';
}

function judge(night: Night): void {
	for (const member of night.numbers.keys()) {
		const said = saidOf(night, member);
		night.counts[said] = (night.counts[said] ?? 0) + 1;
		const moved = paymentsOf(night, member).length > 0;
		if (said === 'lost') night.wrong.push(`${member} lost`);
		if (said === 'done' && !moved) night.wrong.push(`${member} false success`);
		if (['refused', 'not_sent'].includes(said) && moved)
			night.wrong.push(`${member} false refusal`);
	}
}

function judgeEnd(night: Night): void {
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

/** One row for each fault. */
export function tableOfTransfers(results: TransferResult[]): string {
	const words = ['done', 'refused', 'unknown', 'not_sent'];
	const table = new Table({
		head: ['transfers', ...words, 'wrong'],
		style: { head: [], border: [] },
	});
	for (const { fault, counts, wrong } of results) {
		table.push([fault, ...words.map((word) => counts[word] ?? 0), wrong.slice(0, 3).join('; ')]);
	}
	return table.toString();
}
