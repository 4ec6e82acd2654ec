import type { Operation } from '../../../action/spec';
import { transferBillNo, RECEIPT_ASKED, RECEIPT_ASKED_NOTICE } from './fields';
import { receiptErrors } from './knownErrors';

export const createReceiptByTransferBillNo: Operation = {
	name: 'Create Receipt by Transfer ID',
	value: 'createReceiptByTransferBillNo',
	action: 'Create the receipt of a transfer by transfer ID',
	description: "Ask for the electronic receipt of a transfer, by WeChat Pay's number",
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716456',
	notice: RECEIPT_ASKED_NOTICE,

	method: 'POST',
	path: '/v3/fund-app/mch-transfer/elecsign/transfer-bill-no',
	fields: [{ ...transferBillNo, in: 'body' }],
	resendable: false,
	repeatable: false,
	knownErrors: receiptErrors,
	checkFirst: 'Look with Transfer: Get Receipt whether there is one.',
	response: RECEIPT_ASKED,
	itemLabel: transferBillNo.wireName,
	pastTense: 'requested',
};
