import type { Operation } from '../../../action/spec';
import { outBillNo, RECEIPT, RECEIPT_NOTICE } from './fields';
import { receiptErrors } from './knownErrors';

export const getReceipt: Operation = {
	name: 'Get Receipt',
	value: 'getReceipt',
	action: 'Get the receipt of a transfer',
	description: 'Get the state and the address of an electronic receipt',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716436',
	notice: RECEIPT_NOTICE,

	method: 'GET',
	path: '/v3/fund-app/mch-transfer/elecsign/out-bill-no/{out_bill_no}',
	fields: [outBillNo],
	resendable: true,
	repeatable: true,
	knownErrors: receiptErrors,
	response: RECEIPT,
	itemLabel: outBillNo.wireName,
	pastTense: 'read',
};
