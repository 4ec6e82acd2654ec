import type { Operation } from '../../../action/spec';
import { DETAILS } from './details';
import { MERCHANT, OF_PARTNERS, ORDER } from './fields';
import { paymentErrors } from './knownErrors';
import { partnerCreateApp } from './partnerCreateApp';
import { CHECK_FIRST, NUMBER_USED } from './repeats';

export const createApp: Operation = {
	name: 'Create App',
	value: 'createApp',
	action: 'Create an app payment',
	description: 'Make an order for a mobile app',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4013070347',
	notice:
		'The app starts the payment with `pay`. Paid is what the notification or Order: Get says, never the app.',
	noticeMore:
		"The values of `pay` go to OpenSDK's PayReq (appId, partnerId, prepayId, packageValue or package, nonceStr, timeStamp, sign). Valid for 2 hours; running the same item again gives a fresh one.",

	method: 'POST',
	path: '/v3/pay/transactions/app',
	fields: [...MERCHANT, ...ORDER, ...DETAILS, ...OF_PARTNERS],
	takesJson: true,
	partner: partnerCreateApp,
	resendable: true,
	repeatable: true,
	knownErrors: paymentErrors,
	checkFirst: CHECK_FIRST,
	numberUsed: NUMBER_USED,
	response: { requiredFields: ['prepay_id'] },
	frontEnd: 'app',
	itemLabel: 'out_trade_no',
	pastTense: 'created',
};
