import type { BuildBodyInput, Operation } from '../../../action/spec';
import { ValidationError } from '../../../action/spec';
import { outTradeNo } from '../fields';
import { transactionId } from '../order/fields';
import { getOrder } from '../order/get';
import { getOrderByTransactionId } from '../order/getByTransactionId';
import {
	refundAmount,
	refundFundsAccount,
	refundGoods,
	refundNotifyUrl,
	refundReason,
} from './createFields';
import { outRefundNo, REFUND, REFUND_RESULT, refundSubMchid } from './fields';
import { refundErrors } from './knownErrors';

export const createRefund: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a refund',
	description: 'Refund all or part of a paid order, the way it was paid',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4013071036',
	notice:
		'Success means that WeChat Pay accepted it: with pending: true until the money is back. A new number is a second refund.',
	noticeMore:
		"The same 'Refund Number' refunds once, however often it is sent, so make it from your own record of the refund and keep it until Refund: Get says CLOSED. The order is read first where 'Order Total' is left empty. REFUND.* notifications go to 'Notification URL'; without one, WeChat Pay tells the address of the merchant platform in its older XML, which the WeChat Pay Trigger does not take.",

	method: 'POST',
	path: '/v3/refund/domestic/refunds',
	fields: [
		refundSubMchid,
		{
			...transactionId,
			in: 'body',
			insteadOf: outTradeNo.wireName,
			property: transactionId.property && { ...transactionId.property, required: false },
		},
		{
			...outTradeNo,
			in: 'body',
			insteadOf: transactionId.wireName,
			property: outTradeNo.property && { ...outTradeNo.property, required: false },
		},
		{ ...outRefundNo, in: 'body', minLength: 1, namesRequest: true },
		refundReason,
		refundNotifyUrl,
		refundFundsAccount,
		refundAmount,
		refundGoods,
	],
	readFirst: { endpoints: [getOrderByTransactionId, getOrder], unless: 'total' },
	buildBody: completeAmount,
	computed: ['amount'],
	resendable: true,
	repeatable: true,
	on429: 'unknown',
	knownErrors: refundErrors,
	checkFirst: "Look with Refund: Get what became of this 'Refund Number'.",
	repeatAdvice:
		'Ask with Refund: Get (a new number only if that says CLOSED), or run this item again as it is',
	numberUsed:
		"Look with Refund: Get what was refunded under it: if that was this refund, it is done. Another refund of the order needs a 'Refund Number' of its own.",
	response: {
		...REFUND,
		state: REFUND_RESULT,
		earlier: {
			time: 'create_time',
			mark: 'refunded_earlier',
			note: "WeChat Pay refunded under this number before this item was sent (see create_time and refund_id), and paid nothing now. Another part of the order needs a 'Refund Number' of its own.",
		},
	},
	itemLabel: outRefundNo.wireName,
	pastTense: 'refunded',
};

/** WeChat Pay wants the total of the order in each refund of it, and a currency, of which there is one. */
function completeAmount({ body, read }: BuildBodyInput): Record<string, unknown> {
	const { refund, from, total: given } = body.amount as Record<string, unknown>;
	const total = given ?? (read.amount as Record<string, unknown> | undefined)?.total;
	if (typeof total !== 'number') {
		throw new ValidationError(
			"The total of the order is not in WeChat Pay's response (amount.total): fill in 'Order Total (Fen)'",
			'amount.total',
		);
	}
	if ((refund as number) > total) {
		throw new ValidationError(
			`'Refund Amount (Fen)' is ${String(refund)}, more than the ${total} fen of the whole order: correct it`,
			'amount.refund',
		);
	}
	checkSources(from, refund as number);
	return { amount: { refund, ...(from === undefined ? {} : { from }), total, currency: 'CNY' } };
}

function checkSources(from: unknown, refund: number): void {
	if (from === undefined) return;
	const amounts = (from as Array<{ amount: number }>).map(({ amount }) => amount);
	const sum = amounts.reduce((total, amount) => total + amount, 0);
	if (sum === refund) return;
	throw new ValidationError(
		`The amounts of 'Paid From' make ${sum} fen, 'Refund Amount (Fen)' is ${refund}: make them equal`,
		'amount.from',
	);
}
