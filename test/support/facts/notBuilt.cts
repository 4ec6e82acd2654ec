/** Documented operations that the catalogue does not have yet; whoever builds one takes its line out. */
export const notBuilt: readonly string[] = [
	'bill.getTradeBill',
	'bill.getFundFlowBill',
	'bill.getSubMerchantFundFlowBill',
	'bill.download',
	'transfer.create',
	'transfer.cancel',
	'transfer.getByOutBillNo',
	'transfer.getByTransferBillNo',
	'transfer.createReceiptByOutBillNo',
	'transfer.getReceiptByOutBillNo',
	'transfer.createReceiptByTransferBillNo',
	'transfer.getReceiptByTransferBillNo',
	'transfer.downloadReceipt',
];
