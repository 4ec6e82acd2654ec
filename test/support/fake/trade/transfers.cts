/** Transfers to users, and their receipts (test/support/facts/payments-api.json transfer.*). */
import { createHash } from 'node:crypto';

import { handOut } from './bills.cts';
import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { answerOf } from '../rules/facts.cts';
import { notification, type Signing } from '../notification.cts';
import { invalidRequest, notFound, NUMBER, paramError, Refusal } from '../rules/refusal.cts';
import { canonical } from '../rules/requestNumbers.cts';
import type { State } from '../state.cts';
import { chinaTime } from '../rules/times.cts';
import type { Notified } from './events.cts';
import { newNumber } from './order.cts';

export type TransferState =
	| 'ACCEPTED'
	| 'PROCESSING'
	| 'WAIT_USER_CONFIRM'
	| 'TRANSFERING'
	| 'SUCCESS'
	| 'FAIL'
	| 'CANCELING'
	| 'CANCELLED';

/** A transfer; `mch_id` made it. */
export interface Transfer {
	mch_id: string;
	out_bill_no: string;
	transfer_bill_no: string;
	appid: string;
	openid: string;
	/** In plain text, as WeChat Pay decrypted it. */
	user_name?: string;
	/** Fen. */
	transfer_amount: number;
	transfer_remark: string;
	state: TransferState;
	fail_reason?: string;
	notify_url?: string;
	/** What was asked, and the bytes of the first request. */
	content: string;
	rawBody: string;
	/** Unix seconds. */
	created_at: number;
	updated_at: number;
	/** How often it was asked for; it is made once. */
	requests: number;
	receipt?: Receipt;
}

export interface Receipt {
	state: 'GENERATING' | 'FINISHED' | 'FAILED';
	created_at: number;
	hash_type?: 'SHA256' | 'SM3';
	pdf?: Buffer;
}

/** Tells the merchant something else than the truth: money moves, or does not, whatever it says. */
export interface TransferRefusal {
	status: number;
	code: string;
	message: string;
	/** Whether the transfer is made all the same. */
	accepts: boolean;
}

/** A scene as its page prints it: reasons shown, texts of the report, whether it may be a red packet. */
interface Scene {
	perceptions: string[];
	report: string[];
	redPacket: boolean;
}

const scene = (perceptions: string, report: string, redPacket: boolean): Scene => ({
	perceptions: perceptions.split(' '),
	report: report.split(' '),
	redPacket,
});

const SCENES: Record<string, Scene> = {
	1000: scene('活动奖励 现金奖励', '活动名称 奖励说明', true),
	1002: scene('行政补贴 行政奖励', '补贴类型', true),
	1004: scene('保险理赔款', '保险产品备案编号 保险名称 保险操作单号', false),
	1005: scene('劳务报酬 报销款 企业补贴 开工利是', '岗位类型 报酬说明', true),
	1009: scene('货款', '采购商品名称', false),
	1010: scene('二手回收货款', '回收商品名称', false),
	1011: scene('退款 商家赔付', '赔付原因', true),
	1013: scene('公益补助金', '公益活动名称 公益活动备案编号', false),
};

const MIN_FEN_WITH_NAME = 30;
const MIN_FEN_NEEDING_NAME = 200_000;
const MAX_RED_PACKET_FEN = 20_000;
const DAY = 24 * 60 * 60;
const CHINA_OFFSET = 8 * 60 * 60;
const REPEAT_DAYS = 3;
const QUERY_DAYS = 30;
const FINAL: TransferState[] = ['SUCCESS', 'FAIL', 'CANCELLED'];
const CANCELLABLE: TransferState[] = ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM'];

/** POST /v3/fund-app/mch-transfer/transfer-bills: one transfer for one number, however often it is asked for. */
export function createTransfer(call: Call, asked: Asked): object {
	checkName(asked);
	checkScene(asked);
	if (call.state.appidFaults.has(asked.appid)) {
		throw invalidRequest('Openid格式错误或者不属于商家公众账号，请检查');
	}
	const known = findTransfer(call, { out_bill_no: asked.out_bill_no });
	const [refusal] = call.state.transferRefusals.splice(0, 1);
	if (known) checkRepeat(call, known, asked);
	if (refusal && !refusal.accepts) throw refused(refusal);
	const transfer = known ?? makeTransfer(call, asked);
	transfer.requests += 1;
	if (refusal) throw refused(refusal);
	return answerOf('transfer.create', {
		...transfer,
		create_time: chinaTime(transfer.created_at),
		...(transfer.state === 'WAIT_USER_CONFIRM' && { package_info: packageOf(transfer) }),
	});
}

function refused({ status, code, message }: TransferRefusal): Refusal {
	return new Refusal(status, code, message, NUMBER.business);
}

function checkName({ user_name: name, transfer_amount: fen }: Asked): void {
	if (name !== undefined && fen < MIN_FEN_WITH_NAME) {
		throw paramError('user_name', undefined, 'not allowed', 'body', '0.3元以下不允许输入姓名校验');
	}
	if (name === undefined && fen >= MIN_FEN_NEEDING_NAME) {
		throw paramError('user_name', undefined, 'is required', 'body', '2000元以上需传入收款用户姓名');
	}
}

function checkScene(asked: Asked): void {
	const { transfer_scene_id: id, user_recv_perception: perception } = asked;
	const found = SCENES[id];
	if (!found) return;
	const given = asked.transfer_scene_report_infos.map(({ info_type: text }: Asked) => text);
	if ([...given].sort().join() !== [...found.report].sort().join()) {
		const message = '未传入完整且对应的转账场景报备信息，请根据接口文档检查';
		throw paramError('transfer_scene_report_infos', given, 'texts of the scene', 'body', message);
	}
	if (perception !== undefined && !found.perceptions.includes(perception)) {
		throw invalidRequest('暂不支持展示当前传入的用户收款感知');
	}
	const isPacket = asked.user_recv_style?.type === 'RED_PACKET';
	if (isPacket && (!found.redPacket || asked.transfer_amount > MAX_RED_PACKET_FEN)) {
		throw invalidRequest('当前场景不支持红包样式');
	}
}

/** Within three calendar days of China, the same content; a transfer that has ended cannot be started again. */
function checkRepeat({ now }: Call, known: Transfer, asked: Asked): void {
	if (canonical(asked) !== known.content) {
		throw invalidRequest('单号已存在但信息不一致，请查单后比较确认', NUMBER.parametersDiffer);
	}
	if (dayOf(now) - dayOf(known.created_at) >= REPEAT_DAYS) {
		throw invalidRequest('对应单号已超出重试期,请查单确认后决定是否换单请求');
	}
	if (FINAL.includes(known.state)) {
		throw new Refusal(400, 'ALREADY_EXISTS', '订单已存在', NUMBER.business);
	}
}

function dayOf(seconds: number): number {
	return Math.floor((seconds + CHINA_OFFSET) / DAY);
}

function makeTransfer(call: Call, asked: Asked): Transfer {
	const { state, mchid, now, request } = call;
	if (asked.transfer_amount > state.balance) {
		throw new Refusal(403, 'NOT_ENOUGH', '余额不足', NUMBER.business);
	}
	state.balance -= asked.transfer_amount;
	const transfer: Transfer = {
		mch_id: mchid,
		out_bill_no: asked.out_bill_no,
		transfer_bill_no: newNumber('1330000', 40),
		appid: asked.appid,
		openid: asked.openid,
		user_name: asked.user_name,
		transfer_amount: asked.transfer_amount,
		transfer_remark: asked.transfer_remark,
		state: state.transferState,
		notify_url: asked.notify_url,
		content: canonical(asked),
		rawBody: request.rawBody.toString(),
		created_at: now,
		updated_at: now,
		requests: 0,
	};
	state.transfers.push(transfer);
	return transfer;
}

function packageOf({ transfer_bill_no: id }: Transfer): string {
	return `${Buffer.from(`package of ${id}`).toString('base64')}==`;
}

/** POST …/out-bill-no/{out_bill_no}/cancel: 200 only says that it was taken. */
export function cancelTransfer(call: Call, asked: Asked): object {
	const transfer = foundTransfer(call, asked);
	const isAsked = transfer.state === 'CANCELING' || transfer.state === 'CANCELLED';
	if (!isAsked && !CANCELLABLE.includes(transfer.state)) {
		throw invalidRequest('当前单据状态不支持撤销');
	}
	if (!isAsked) Object.assign(transfer, { state: 'CANCELING', updated_at: call.now });
	return answerOf('transfer.cancel', {
		...transfer,
		update_time: chinaTime(transfer.updated_at),
	});
}

/** GET …/out-bill-no/{out_bill_no} and …/transfer-bill-no/{transfer_bill_no} */
export function getTransfer(call: Call, asked: Asked): object {
	const transfer = foundTransfer(call, asked);
	if (call.now - transfer.created_at > QUERY_DAYS * DAY) throw noTransfer();
	return answerOf('transfer.getByOutBillNo', {
		...transfer,
		// Encrypted for the merchant, which nobody here needs to read.
		user_name: transfer.user_name && 'YmFzZTY0IG9mIHRoZSBuYW1l',
		create_time: chinaTime(transfer.created_at),
		update_time: chinaTime(transfer.updated_at),
	});
}

/** POST /v3/fund-app/mch-transfer/elecsign/… */
export function createReceipt(call: Call, asked: Asked): object {
	const transfer = foundTransfer(call, asked);
	if (transfer.state !== 'SUCCESS' || transfer.user_name === undefined) {
		throw invalidRequest('当前单据不支持申请电子回单');
	}
	transfer.receipt ??= { state: 'GENERATING', created_at: call.now };
	return answerOf('transfer.createReceiptByOutBillNo', {
		...transfer.receipt,
		create_time: chinaTime(transfer.receipt.created_at),
	});
}

/** GET /v3/fund-app/mch-transfer/elecsign/…/{number} */
export function getReceipt(call: Call, asked: Asked): object {
	const { receipt } = foundTransfer(call, asked);
	if (!receipt) throw notFound('RESOURCE_NOT_EXISTS', '电子回单申请不存在');
	const time = chinaTime(receipt.created_at);
	return answerOf('transfer.getReceiptByOutBillNo', {
		state: receipt.state,
		create_time: time,
		update_time: time,
		...(receipt.state === 'FINISHED' && fileOf(call, receipt)),
	});
}

/** The PDF of a receipt that is finished, and its digest as WeChat Pay writes it. */
function fileOf(call: Call, { hash_type: type = 'SHA256', pdf = PDF }: Receipt): object {
	const digest = createHash(type.toLowerCase()).update(pdf).digest('hex');
	return {
		hash_type: type,
		hash_value: digest.toUpperCase(),
		download_url: handOut(call, pdf, '/v3/transferbilldownload/elecvoucherfile?source=elecsign&'),
	};
}

const PDF = Buffer.from('%PDF-1.4\n% 电子回单\n%%EOF\n');

function foundTransfer(call: Call, asked: Asked): Transfer {
	const found = findTransfer(call, asked);
	if (!found) throw noTransfer();
	return found;
}

function findTransfer({ state, mchid }: Call, { out_bill_no, transfer_bill_no }: Asked) {
	return state.transfers.find(
		(one) =>
			one.mch_id === mchid &&
			(out_bill_no === undefined
				? one.transfer_bill_no === transfer_bill_no
				: one.out_bill_no === out_bill_no),
	);
}

function noTransfer(): Refusal {
	return notFound('NOT_FOUND', '记录不存在');
}

/** A transfer that goes on; where it ends, WeChat Pay tells the merchant. */
export function moveTransfer(
	state: State,
	outBillNo: string,
	changes: Pick<Transfer, 'state'> & Partial<Transfer>,
	now: number,
	signing?: Signing,
): Notified {
	const transfer = state.transfers.find((one) => one.out_bill_no === outBillNo);
	if (!transfer) throw new Error(`there is no transfer ${outBillNo}`);
	Object.assign(transfer, { updated_at: now, ...changes });
	const resource = {
		mch_id: transfer.mch_id,
		out_bill_no: transfer.out_bill_no,
		transfer_bill_no: transfer.transfer_bill_no,
		state: transfer.state,
		transfer_amount: transfer.transfer_amount,
		openid: transfer.openid,
		...(transfer.fail_reason !== undefined && { fail_reason: transfer.fail_reason }),
		create_time: chinaTime(transfer.created_at),
		update_time: chinaTime(transfer.updated_at),
	};
	const contents = {
		event_type: 'MCHTRANSFER.BILL.FINISHED',
		summary: '商家转账单据终态通知',
		original_type: 'mch_payment',
		associated_data: 'mch_payment',
		resource,
	};
	return { ...notification(contents, signing), url: transfer.notify_url, resource };
}
