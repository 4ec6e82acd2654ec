import type { Operation } from '../../../action/spec';
import { completeTransfer } from './completeTransfer';
import {
	receiver,
	receivingStyle,
	transferAmount,
	transferAppid,
	transferNotifyUrl,
	transferRemark,
	userName,
} from './createFields';
import { outBillNo, TRANSFER_RESULT } from './fields';
import { getTransfer } from './get';
import { transferErrors } from './knownErrors';
import {
	knownSceneFields,
	otherPerception,
	otherReports,
	otherSceneId,
	sceneId,
} from './sceneFields';

export const createTransfer: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create a transfer',
	description: 'Send money to a user, who confirms it in WeChat within 24 hours',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716434',
	noticeMore:
		"First register this n8n's IP address with WeChat Pay. The user has 24 hours to confirm. A new number is a second transfer. The address stands in the merchant platform under API security; a host without a fixed one cannot make transfers. WeChat pushes nothing to the user: hand `confirm` of the item to your mini program or page in WeChat, which calls requestMerchantTransfer with it (URL-encode package_info where it goes into a query). Only state SUCCESS means paid; until then the item has pending: true. If the user does not confirm, WeChat Pay closes the transfer and the money comes back. Make no second transfer for the same purpose meanwhile: keep the 'Bill Number', which works for three calendar days, until Transfer: Get says FAIL or CANCELLED.",

	method: 'POST',
	path: '/v3/fund-app/mch-transfer/transfer-bills',
	fields: [
		transferAppid,
		{ ...outBillNo, in: 'body', namesRequest: true },
		sceneId,
		...knownSceneFields,
		otherSceneId,
		receiver,
		userName,
		transferAmount,
		transferRemark,
		transferNotifyUrl,
		otherPerception,
		otherReports,
		receivingStyle,
	],
	takesJson: true,
	buildBody: completeTransfer,
	computed: [sceneId.wireName, otherPerception.wireName, otherReports.wireName],
	resendable: true,
	repeatable: true,
	on429: 'unknown',
	knownErrors: transferErrors,
	checkFirst: "Look with Transfer: Get what became of this 'Bill Number'.",
	repeatAdvice: 'Ask with Transfer: Get, or run this item again as it is',
	numberUsed:
		"Look with Transfer: Get what was sent under it: if that was this transfer, leave the item out. Another transfer needs a 'Bill Number' of its own.",
	askAfterFailure: getTransfer,
	frontEnd: 'transfer',
	response: {
		requiredFields: ['out_bill_no', 'transfer_bill_no', 'create_time', 'state'],
		state: TRANSFER_RESULT,
		earlier: {
			time: 'create_time',
			mark: 'transferred_earlier',
			note: "WeChat Pay took this number before this item was sent (see create_time and transfer_bill_no), and nothing was added now. Another transfer needs a 'Bill Number' of its own.",
		},
	},
	itemLabel: outBillNo.wireName,
	pastTense: 'accepted',
};
