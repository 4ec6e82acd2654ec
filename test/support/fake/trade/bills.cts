/** The bills (test/support/facts/payments-api.json bill.*): made when they are asked for, of what the fake has on record. */
import { constants, createCipheriv, createHash, publicEncrypt, randomBytes } from 'node:crypto';

import { MERCHANT } from '../keys.cts';
import { type Answer, type Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { checkNoBody, queryOf } from '../rules/fields.cts';
import { invalidRequest, noPermission, paramError, Refusal, NUMBER } from '../rules/refusal.cts';
import { flowStatement, tradeStatement, USUAL_STYLE, type StatementStyle } from './statements.cts';
import { flowsOf, tradesOf } from './billed.cts';
import { dayOf } from './trades.cts';

/** How bills are made and handed out. */
export interface BillSettings extends StatementStyle {
	/** Seconds for which an address is good. */
	lifetime: number;
	/** Origin of the addresses; by default the one that the request came to. */
	origin?: string;
	/** Days whose bill is still being made. */
	creating: string[];
	/** Hour of the next day in China from which a bill is there. */
	readyHour: number;
	/** Parts of a sub-merchant's bill. */
	parts: number;
	/** Whether the key of an encrypted bill is written as text. */
	keyAsText: boolean;
	/** What WeChat Pay keeps of a payment, rounded to whole fen. */
	feePercent: number;
}

export const USUAL_BILLS: BillSettings = {
	...USUAL_STYLE,
	lifetime: 300,
	creating: [],
	readyHour: 10,
	parts: 1,
	keyAsText: false,
	feePercent: 0.6,
};

/** A file that can be downloaded. */
export interface HandedOut {
	mchid: string;
	until: number;
	bytes: Buffer;
}

/** Three months, generously. */
const MAX_AGE_S = 93 * 24 * 3600;

export function getTradeBill(call: Call, asked: Asked): object {
	const { bill_date: day, bill_type: type = 'ALL', sub_mchid: subMchid } = asked;
	checkDay(call, day);
	const trades = tradesOf(call.state, { mchid: call.mchid, sub_mchid: subMchid, day });
	const listed = trades.filter(
		({ refund }) => type === 'ALL' || (type === 'REFUND') === (refund !== undefined),
	);
	if (listed.length === 0) throw noStatement();
	return addressOf(call, tradeStatement(listed, type, call.state.bills));
}

export function getFundFlowBill(call: Call, asked: Asked): object {
	const { bill_date: day, account_type: account = 'BASIC' } = asked;
	checkDay(call, day);
	const flows = flowsOf(call.state, { mchid: call.mchid, account, day });
	if (flows.length === 0) throw noStatement();
	return addressOf(call, flowStatement(flows, call.state.bills));
}

export function getSubMerchantFundFlowBill(call: Call, asked: Asked): object {
	const { bill_date: day, account_type: account, sub_mchid: mchid } = asked;
	checkDay(call, day);
	const flows = flowsOf(call.state, { mchid, account, day });
	if (flows.length === 0) throw noStatement();
	const whole = flowStatement(flows, call.state.bills);
	const size = Math.ceil(whole.length / call.state.bills.parts);
	const parts = Array.from({ length: call.state.bills.parts }, (_, index) =>
		whole.subarray(index * size, (index + 1) * size),
	);
	const list = parts.map((part, index) => encryptedPart(call, part, index + 1));
	// The order of a list means nothing; bill_sequence does.
	return { download_bill_count: list.length, download_bill_list: list.reverse() };
}

function encryptedPart(call: Call, plain: Buffer, sequence: number): object {
	const key = randomBytes(32);
	const nonce = randomBytes(8).toString('hex');
	const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(nonce));
	const bytes = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
	const text = call.state.bills.keyAsText ? Buffer.from(key.toString('base64')) : key;
	return {
		bill_sequence: sequence,
		...addressOf(call, bytes, plain),
		encrypt_key: publicEncrypt({ key: MERCHANT.publicKey, ...padding }, text).toString('base64'),
		nonce,
	};
}

/** @param original what the digest is of */
function addressOf(call: Call, bytes: Buffer, original = bytes): object {
	return {
		hash_type: 'SHA1',
		hash_value: createHash('sha1').update(original).digest('hex'),
		download_url: handOut(call, bytes, '/v3/billdownload/file?'),
	};
}

/** @returns the address at which a file can be had for a while */
export function handOut(call: Call, bytes: Buffer, path: string): string {
	const { bills, files } = call.state;
	const token = randomBytes(24).toString('base64url');
	files.set(token, { mchid: call.mchid, until: call.now + bills.lifetime, bytes });
	return `${bills.origin ?? call.origin}${path}token=${token}`;
}

/** GET /v3/billdownload/file, and where receipts are: the file as it is, without a signature. */
export function downloadFile(call: Call): Answer {
	checkNoBody(call.request);
	const { token } = queryOf(call.request.url);
	const file = call.state.files.get(token ?? '');
	if (!file || call.now >= file.until) throw invalidRequest('请求的下载地址无效或已过期');
	if (file.mchid !== call.mchid) throw noPermission();
	return {
		status: 200,
		body: file.bytes,
		number: 0,
		isUnsigned: true,
		headers: { 'Content-Type': 'text/plain' },
	};
}

function checkDay({ now, state }: Call, day: string): void {
	if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) {
		throw paramError('bill_date', day, 'must be yyyy-MM-DD', 'query');
	}
	const begin = Date.parse(`${day}T00:00:00+08:00`) / 1000;
	if (day >= dayOf(now)) throw invalidRequest('账单日期不能是当天或未来日期');
	if (now - begin > MAX_AGE_S) throw invalidRequest('仅支持下载三个月内的账单');
	const readyAt = begin + (24 + state.bills.readyHour) * 3600;
	if (now < readyAt || state.bills.creating.includes(day)) {
		throw new Refusal(400, 'STATEMENT_CREATING', '账单生成中，请稍后再试', NUMBER.business);
	}
}

function noStatement(): Refusal {
	return new Refusal(400, 'NO_STATEMENT_EXIST', '请求的账单文件不存在', NUMBER.business);
}
