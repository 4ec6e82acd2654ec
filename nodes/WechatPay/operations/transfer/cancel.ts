import type { Operation } from '../../../action/spec';
import { outBillNo, TRANSFER_STATE } from './fields';
import { cancellingErrors } from './knownErrors';

export const cancelTransfer: Operation = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel a transfer',
	description: 'Cancel a transfer that the user has not confirmed yet',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716458',
	notice:
		'Success only means that WeChat Pay took the request: CANCELING (pending: true) can still become SUCCESS.',
	noticeMore:
		"Ask with Transfer: Get until it says CANCELLED, SUCCESS or FAIL. Before CANCELLED or FAIL, no transfer for the same purpose may be made under another 'Bill Number'.",

	method: 'POST',
	path: '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{out_bill_no}/cancel',
	fields: [outBillNo],
	resendable: true,
	repeatable: true,
	on429: 'unknown',
	knownErrors: cancellingErrors,
	response: {
		requiredFields: ['out_bill_no', 'transfer_bill_no', 'state', 'update_time'],
		state: { field: TRANSFER_STATE.field, pending: ['CANCELING'], done: ['CANCELLED'] },
	},
	itemLabel: outBillNo.wireName,
	pastTense: 'cancelled',
};
