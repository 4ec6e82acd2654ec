import type { Parameter } from '../../../action/spec';
import type { StateShape } from '../../../client/types';
import { withProperty } from '../../../WechatPayMemberCard/operations/fields';
import { mchid, outTradeNo, subMchid } from '../fields';

/** What is left of an order by 'Simplify'; a merchant's and a service provider's have different names. */
export const SIMPLE_ORDER = [
	'mchid',
	'sp_mchid',
	'sub_mchid',
	'out_trade_no',
	'transaction_id',
	'trade_state',
	'success_time',
	'amount',
	'payer',
	'attach',
];

/** What WeChat Pay says of an order: whether it can still be paid. */
export const ORDER_STATE: StateShape = {
	field: 'trade_state',
	pending: ['NOTPAY', 'USERPAYING'],
};

/** What the response to a query has, whoever asks. */
export const REQUIRED_OF_ORDER = ['out_trade_no', 'trade_state', 'trade_state_desc'];

/** Beside these, what it has for a service provider. */
export const REQUIRED_OF_PARTNER = ['sp_appid', 'sp_mchid', 'sub_mchid'];

/** 商户订单号 */
export const orderNumber: Parameter = {
	...outTradeNo,
	in: 'path',
	minLength: 6,
	pattern: {
		regex: /^[0-9A-Za-z_|*-]+$/,
		must: 'must consist of letters, digits and _ - | * only',
	},
};

/** 微信支付订单号 */
export const transactionId: Parameter = {
	wireName: 'transaction_id',
	in: 'path',
	maxLength: 32,
	property: {
		displayName: 'Transaction ID',
		name: 'transactionId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1217752501201407033233368018',
		description: "WeChat Pay's number of the payment (<code>transaction_id</code>)",
	},
};

/** 直连商户号, or in the place of 服务商户号 */
export const orderMchid: Parameter = {
	...withProperty(mchid, {
		description:
			'The merchant or service provider that signs (<code>mchid</code>, <code>sp_mchid</code>)',
		hint: "Leave empty to use the credential's.",
	}),
	in: 'query',
	skipDefaultIf: undefined,
	requiredOnWire: true,
};

/** For a notification that may never come: the query itself waits for the end. */
export const waitForPayment: Parameter = {
	wireName: 'wait_seconds',
	in: 'form',
	property: {
		displayName: 'Payment Wait (Seconds)',
		name: 'waitSeconds',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600, numberPrecision: 0 },
		default: 0,
		description:
			'How long to ask again, with growing pauses, while the order can still be paid. One that is unpaid at the end comes with pending: true.',
	},
};

/** Chooses between the endpoint of merchants and that of service providers. */
export const orderSubMchid: Parameter = { ...subMchid, in: 'form' };

/** 服务商户号 and 子商户号: who asks, and who took the payment */
export const partnerMerchants: Parameter[] = [
	{ ...orderMchid, wireName: 'sp_mchid' },
	{ ...subMchid, in: 'query', requiredOnWire: true },
];
