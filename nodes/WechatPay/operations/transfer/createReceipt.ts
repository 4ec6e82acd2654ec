import type { Operation } from '../../../action/spec';
import { outBillNo, RECEIPT_ASKED, RECEIPT_ASKED_NOTICE } from './fields';
import { receiptErrors } from './knownErrors';

export const createReceipt: Operation = {
	name: 'Create Receipt',
	value: 'createReceipt',
	action: 'Create the receipt of a transfer',
	description: 'Ask for the electronic receipt of a transfer',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716452',
	notice: RECEIPT_ASKED_NOTICE,

	method: 'POST',
	path: '/v3/fund-app/mch-transfer/elecsign/out-bill-no',
	fields: [{ ...outBillNo, in: 'body' }],
	resendable: false,
	repeatable: false,
	knownErrors: receiptErrors,
	checkFirst: 'Look with Transfer: Get Receipt whether there is one.',
	response: RECEIPT_ASKED,
	itemLabel: outBillNo.wireName,
	pastTense: 'requested',
};
