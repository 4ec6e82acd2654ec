import type { KnownError } from '../../../client/types';

const MERCHANT: KnownError[] = [
	{
		status: 400,
		code: 'PARAM_ERROR',
		messageIncludes: ['sub_mchid', '子商户号'],
		meaning: "'Sub-Merchant ID' does not fit the role of the merchant",
		advice: "A service provider fills 'Sub-Merchant ID'; a direct merchant leaves it empty.",
	},
	{
		status: 404,
		code: 'MCH_NOT_EXISTS',
		meaning: 'no merchant has this number',
		advice: "Check 'Sub-Merchant ID', and the merchant of the credential.",
	},
];

/** WeChat Pay's FAQ prints no status beside these codes. */
const STATUSES = [400, 403];

const SAME_NUMBER = 'Then run this item again with the same number and values.';

/** Rejections of Refund: Create. */
export const refundErrors: KnownError[] = [
	...MERCHANT,
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['与订单信息不一致'],
		meaning: 'number, merchant or amounts do not fit the order',
		advice:
			"'Order Total (Fen)' is amount.total of Order: Get, not payer_total: leave it empty. All refunds of the order together cannot exceed it.",
	},
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['异常IP'],
		meaning: 'refunds are allowed from listed IP addresses only',
		advice: `Add this n8n to the list in the merchant platform. ${SAME_NUMBER}`,
		retryableAfterFix: true,
	},
	{
		status: 403,
		code: 'NOT_ENOUGH',
		meaning: 'the balance does not cover the refund',
		advice: `Top up the account, or wait for payments. ${SAME_NUMBER}`,
		retryableAfterFix: true,
	},
	{
		status: 403,
		code: 'USER_ACCOUNT_ABNORMAL',
		meaning: "the payer's account is closed",
		advice: 'Refund outside WeChat Pay, e.g. by bank transfer.',
	},
	{
		status: 404,
		code: 'RESOURCE_NOT_EXISTS',
		meaning: 'the merchant has no such paid order',
		advice:
			"Check the order's number and 'Sub-Merchant ID'; an unpaid order is closed (Order: Close), not refunded.",
	},
	...STATUSES.flatMap((status) => [
		{
			status,
			code: 'TRADE_OVERDUE',
			meaning: 'the payment is more than one year old',
			advice: 'Refund outside WeChat Pay, e.g. by bank transfer.',
		},
		{
			status,
			code: 'REFUND_FEE_MISMATCH',
			meaning: "this 'Refund Number' was used with other amounts before",
			advice:
				'Look with Refund: Get what was refunded under it; another refund needs another number.',
		},
	]),
];

/** Rejections of Refund: Get. */
export const refundQueryErrors: KnownError[] = [
	...MERCHANT,
	{
		status: 404,
		code: 'RESOURCE_NOT_EXISTS',
		meaning: "no refund was accepted under this 'Refund Number'",
		advice:
			"Check 'Sub-Merchant ID'. If the refund is wanted, run Refund: Create again with this number and its values.",
	},
];

/** Rejections of Refund: Apply Abnormal. */
export const abnormalRefundErrors: KnownError[] = [
	...MERCHANT,
	{
		status: 400,
		code: 'INVALID_REQUEST',
		meaning: 'the refund cannot be settled like this',
		advice: 'Look with Refund: Get: only a refund whose status is ABNORMAL can be settled.',
	},
	{
		status: 404,
		code: 'RESOURCE_NOT_EXISTS',
		meaning: 'there is no such refund',
		advice: "Check 'Refund ID', 'Refund Number' and 'Sub-Merchant ID': they belong together.",
	},
];
