import type { Resource } from '../../../action/spec';
import { cancelTransfer } from './cancel';
import { createTransfer } from './create';
import { createReceipt } from './createReceipt';
import { createReceiptByTransferBillNo } from './createReceiptByTransferBillNo';
import { downloadReceipt } from './downloadReceipt';
import { getTransfer } from './get';
import { getTransferByTransferBillNo } from './getByTransferBillNo';
import { getReceipt } from './getReceipt';
import { getReceiptByTransferBillNo } from './getReceiptByTransferBillNo';

export const transfer: Resource = {
	name: 'Transfer',
	value: 'transfer',
	description: 'Money that users receive from the merchant',
	operations: [
		cancelTransfer,
		createTransfer,
		createReceipt,
		createReceiptByTransferBillNo,
		downloadReceipt,
		getTransfer,
		getReceipt,
		getReceiptByTransferBillNo,
		getTransferByTransferBillNo,
	],
	defaultOperation: 'get',
};
