import type { Operation } from '../../../action/spec';
import { DETAILS } from './details';
import { MERCHANT, OF_PARTNERS, ORDER, PAYER_OPENID, SUB_OPENID } from './fields';
import { paymentErrors } from './knownErrors';
import { partnerCreateJsapi } from './partnerCreateJsapi';
import { CHECK_FIRST, NUMBER_USED } from './repeats';

export const createJsapi: Operation = {
	name: 'Create JSAPI',
	value: 'createJsapi',
	action: 'Create a JSAPI payment',
	description: 'Make an order for a web page inside WeChat or a mini program',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791856',
	notice:
		'The front end starts the payment with `pay`. Paid is what the notification or Order: Get says, never the front end.',
	noticeMore:
		"In a web page, `pay` goes to WeixinJSBridge (getBrandWCPayRequest) and to wx.requestPayment as it is; wx.chooseWXPay takes the same values with `timeStamp` named `timestamp`. It is signed for the AppID that its appId names: for the sub-merchant's where 'Sub-Merchant AppID' is filled. Valid for 2 hours; running the same item again gives a fresh one.",

	method: 'POST',
	path: '/v3/pay/transactions/jsapi',
	fields: [
		...MERCHANT,
		...ORDER,
		{ wireName: 'payer', in: 'body', fields: [PAYER_OPENID] },
		...DETAILS,
		...OF_PARTNERS,
		{ ...SUB_OPENID, in: 'form', requiredWith: undefined },
	],
	takesJson: true,
	partner: partnerCreateJsapi,
	resendable: true,
	repeatable: true,
	knownErrors: paymentErrors,
	checkFirst: CHECK_FIRST,
	numberUsed: NUMBER_USED,
	response: { requiredFields: ['prepay_id'] },
	frontEnd: 'jsapi',
	itemLabel: 'out_trade_no',
	pastTense: 'created',
};
