/**
 * Transfers against a WeChat Pay that misbehaves, its queries included: nobody paid twice, nobody forgotten, nobody told of
 * money that did not move. Every fault has members of its own, and WeChat Pay ends some of the transfers as failed. What
 * is not done in the first night runs again in the second, in a process that remembers nothing, without faults: under
 * another number where the item says that WeChat Pay has FAIL, and nowhere else. In some nights n8n runs in a process of its
 * own, which is killed on the way: nobody knows what it did, and all of its members run again.
 */
import type { IDataObject } from 'n8n-workflow';

import { runOperation, type OperationRun } from '../../support/engine/operation.cts';
import { restartProcess } from '../../support/engine/restartProcess.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { COMMIT_FAULTS, isSlow, type CommitFault } from './commitFaults.cts';
import { Draw } from './draw.cts';
import type { Left } from './n8n.cts';
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
import { startN8n } from './run.cts';

const FEN = 250;

interface TransferNight extends Night {
	/** Whom money is owed, and the number it is sent under. */
	numbers: Map<string, string>;
}

/** How much of a night's requests have arrived when the process that runs n8n is killed. */
const KILLS = [0.1, 0.5, 0.9];
/** Of all members. */
const SHARE_OF_KILLED = 0.1;
const QUICK = COMMIT_FAULTS.filter((fault) => !isSlow(fault));

/**
 * @param members whom money is owed, over all nights
 * @param kills a night for each, in which the process is killed
 */
export async function runTransfers(
	seed: number,
	members: number,
	kills = KILLS,
): Promise<NightResult[]> {
	const killed = Math.ceil((members * SHARE_OF_KILLED) / kills.length);
	const each = Math.ceil((members - killed * kills.length) / QUICK.length);
	const nights = await Promise.all(
		COMMIT_FAULTS.map(async (fault, index) => await openFaultNight(fault, seed + index, each)),
	);
	await inTurns(nights, async (night) => {
		await transfer(night, [...night.numbers.keys()]);
		judgeNow(night);
	});
	restartProcess();
	await inTurns(nights, async (night) => await endNight(night));
	for (const share of kills) nights.push(await runKilledNight(seed, killed, share));
	return nights.map(({ name, counts, wrong }) => ({ name, counts, wrong }));
}

async function openFaultNight(fault: CommitFault, seed: number, most: number) {
	const draw = new Draw(seed);
	const faultOf = () => (draw.happens(SHARE_OF_FAULTS) ? fault : undefined);
	return await openNight(fault, optionsOf(fault), countOf(fault, most), draw, faultOf);
}

/** n8n in a process that is killed, and in another one that learns nothing of it. */
async function runKilledNight(seed: number, count: number, share: number): Promise<TransferNight> {
	const draw = new Draw(seed + Math.round(share * 100));
	const faultOf = () => (draw.happens(SHARE_OF_FAULTS) ? draw.oneOf(QUICK) : undefined);
	const name = `killed at ${share * 100} %`;
	const night = await openNight(name, optionsOf(QUICK[0]), count, draw, faultOf);
	const members = [...night.numbers.keys()];
	await kill(night, members, Math.ceil(count * share));
	const again = await startN8n();
	await endNight(night, members, async (batch) => await again.ask<Left>(batch));
	await again.stop();
	judgeNow(night);
	return night;
}

async function kill(night: TransferNight, members: string[], requests: number): Promise<void> {
	const n8n = await startN8n();
	const ended = n8n.ask<Left>(batchOf(night, members)).then(
		() => true,
		() => false,
	);
	await night.wechatPay.untilReceived(requests);
	await n8n.kill();
	if (await ended) throw new Error('The transfers had ended before the process was killed');
}

async function openNight(
	name: string,
	options: IDataObject,
	count: number,
	draw: Draw,
	faultOf: () => CommitFault | undefined,
): Promise<TransferNight> {
	const wechatPay = await FakeWechatPay.start({ record: false });
	const members = Array.from({ length: count }, (_, index) => `member${index}`);
	wechatPay.misbehaveBy(() => {
		wechatPay.setTransferState(draw.happens(0.25) ? 'FAIL' : 'WAIT_USER_CONFIRM');
		return faultOf();
	});
	const numbers = new Map(members.map((member) => [member, `T1${member}`]));
	return { name, wechatPay, options, numbers, items: new Map(), wrong: [], counts: {} };
}

/**
 * The night after, without faults.
 *
 * @param open whom money is still owed, as far as the shop knows
 */
async function endNight(
	night: TransferNight,
	open = [...night.numbers.keys()].filter((member) => saidOf(night, member) !== 'done'),
	run = runHere,
): Promise<void> {
	night.wechatPay.misbehaveBy(() => undefined);
	night.wechatPay.setTransferState('WAIT_USER_CONFIRM');
	await transferAgain(night, open, run);
	judgeEnd(night);
	await night.wechatPay.stop();
}

function judgeNow(night: TransferNight): void {
	judge(night, [...night.numbers.keys()], (member) => paymentsOf(night, member).length > 0);
}

/** Where n8n runs. */
type Run = (batch: OperationRun) => Promise<Left>;

const runHere: Run = async (batch) => leftOf(await runOperation(batch));

async function transfer(
	night: TransferNight,
	members: string[],
	run: Run = runHere,
): Promise<void> {
	if (members.length === 0) return;
	const memberOf = new Map(members.map((member) => [night.numbers.get(member), member]));
	keepItems(night, members, await run(batchOf(night, members)), (json) =>
		String(json.member ?? memberOf.get(String(json.out_bill_no))),
	);
}

function batchOf({ numbers, options, wechatPay }: TransferNight, members: string[]): OperationRun {
	return {
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
		options,
		credential: wechatPay.credential({ appid: 'wxd678efh567hg6787' }),
	};
}

/** As the docs say: the same number, unless WeChat Pay was seen to say that this one has failed. */
async function transferAgain(night: TransferNight, open: string[], run: Run): Promise<void> {
	for (const member of open) renumber(night, member);
	await transfer(night, open, run);
	// Some are told only now that their transfer has failed.
	const failed = open.filter((member) => renumber(night, member));
	await transfer(night, failed, run);
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
