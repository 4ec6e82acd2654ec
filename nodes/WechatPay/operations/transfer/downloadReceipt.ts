import type { Operation } from '../../../action/spec';
import { outputFile } from '../fields';
import { outBillNo, RECEIPT_READY } from './fields';
import { getReceipt } from './getReceipt';
import { receiptErrors } from './knownErrors';
import { receiptFile } from './receiptFile';

const { method, path } = getReceipt;

export const downloadReceipt: Operation = {
	name: 'Download Receipt',
	value: 'downloadReceipt',
	action: 'Download the receipt of a transfer',
	description: 'Get the electronic receipt of a transfer as a PDF file',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4013866774',
	notice:
		'Ask for it with Create Receipt first: usually ready within an hour, and kept for 90 days.',
	noticeMore:
		'The item has the file once its digest has been checked. A receipt that is still being made leaves by Error with repeatable: true: ask again every 10 minutes.',

	method,
	path,
	fields: [outBillNo, outputFile],
	resendable: true,
	repeatable: true,
	knownErrors: receiptErrors,
	response: RECEIPT_READY,
	file: receiptFile,
	itemLabel: outBillNo.wireName,
	pastTense: 'downloaded',
};
