/** What WeChat Pay's notifications are about, as on its pages, with the time of now. */
import { getOrder } from '../../../nodes/WechatPay/operations/order/get.ts';
import type { Contents } from '../../support/fake/notification.cts';
import { MERCHANT } from '../../support/fake/keys.cts';
import { exampleOf } from '../../support/facts/exampleOf.cts';
import { eventFacts, factsOf } from '../../support/facts/facts.cts';

type Data = Record<string, unknown>;

/** Every event that can be sent. */
export const eventTypes = eventFacts.map(({ event_type: type }) => type);

/**
 * A notification of an event.
 *
 * @param changes replace fields of its data
 * @returns undefined for an event that WeChat Pay does not document
 */
export function exampleOfEvent(type: string, changes: Data = {}): Contents | undefined {
	const event = eventFacts.find(({ event_type: known }) => known === type);
	if (!event) return undefined;
	const kind = kindOf(type) ?? event.original_type;
	return {
		event_type: type,
		create_time: chinaTime(),
		summary: event.zh,
		original_type: kind,
		associated_data: kind,
		resource: { ...dataOf(type), ...changes },
	};
}

/** Whether the fields of an event's data are known; others get the merchant number alone. */
export function isKnownInside(type: string): boolean {
	return Object.keys(dataOf(type)).length > 1;
}

/** When it happened, which is now. */
const TIMES = ['event_time', 'update_time', 'time_end', 'refund_time'];

function dataOf(type: string): Data {
	if (type === 'TRANSACTION.SUCCESS') return payment();
	const [, state] = /^REFUND\.(.+)$/.exec(type) ?? [];
	if (state !== undefined) return refund(state);
	const { plaintext } = eventFacts.find(({ event_type: known }) => known === type) ?? {};
	if (!plaintext) return { mchid: MERCHANT.mchid };
	const times = plaintext.filter(({ name }) => TIMES.includes(name ?? ''));
	const now = times.map(({ name }) => [name, chinaTime()]);
	return { ...exampleOf(plaintext), ...Object.fromEntries(now) };
}

function kindOf(type: string): string | undefined {
	return ['TRANSACTION', 'REFUND'].find((kind) => type.startsWith(`${kind}.`))?.toLowerCase();
}

/** The data of a payment is what the query of the order answers; most orders have only these fields. */
const PAID = [
	'appid',
	'out_trade_no',
	'transaction_id',
	'trade_type',
	'bank_type',
	'payer',
	'amount',
];

function payment(): Data {
	const fields = factsOf(getOrder).response_fields.filter(({ name = '' }) => PAID.includes(name));
	return {
		...exampleOf(fields),
		mchid: MERCHANT.mchid,
		trade_state: 'SUCCESS',
		trade_state_desc: '支付成功',
		attach: '',
		success_time: chinaTime(),
	};
}

/** https://pay.weixin.qq.com/doc/v3/merchant/4012082022 */
function refund(state: string): Data {
	return {
		mchid: MERCHANT.mchid,
		out_trade_no: '1217752501201407033233368018',
		transaction_id: '4200000991202103266853086457',
		out_refund_no: 'R1217752501201407033233368018',
		refund_id: '50001307732021032607480019805',
		refund_status: state,
		...(state === 'SUCCESS' ? { success_time: chinaTime() } : {}),
		user_received_account: '招商银行信用卡0403',
		amount: { total: 999, refund: 999, payer_total: 999, payer_refund: 999 },
	};
}

/** Now, as WeChat Pay writes it. */
function chinaTime(): string {
	return `${new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 19)}+08:00`;
}
