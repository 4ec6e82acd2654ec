import type { Operation } from '../../../action/spec';
import { transferBillNo, RECEIPT, RECEIPT_NOTICE } from './fields';
import { receiptErrors } from './knownErrors';

export const getReceiptByTransferBillNo: Operation = {
	name: 'Get Receipt by Transfer ID',
	value: 'getReceiptByTransferBillNo',
	action: 'Get the receipt of a transfer by transfer ID',
	description: "Get the state and the address of an electronic receipt, by WeChat Pay's number",
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716455',
	notice: RECEIPT_NOTICE,

	method: 'GET',
	path: '/v3/fund-app/mch-transfer/elecsign/transfer-bill-no/{transfer_bill_no}',
	fields: [transferBillNo],
	resendable: true,
	repeatable: true,
	knownErrors: receiptErrors,
	response: RECEIPT,
	itemLabel: transferBillNo.wireName,
	pastTense: 'read',
};
