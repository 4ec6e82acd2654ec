import type { Operation } from '../../../action/spec';
import { QUERY_NOTICE, QUERY_NOTICE_MORE, TRANSFER, transferBillNo } from './fields';
import { transferQueryErrors } from './knownErrors';

export const getTransferByTransferBillNo: Operation = {
	name: 'Get by Transfer ID',
	value: 'getByTransferBillNo',
	action: 'Get a transfer by transfer ID',
	description: "Get a transfer by WeChat Pay's own number",
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716457',
	notice: QUERY_NOTICE,
	noticeMore: QUERY_NOTICE_MORE,

	method: 'GET',
	path: '/v3/fund-app/mch-transfer/transfer-bills/transfer-bill-no/{transfer_bill_no}',
	fields: [transferBillNo],
	resendable: true,
	repeatable: true,
	knownErrors: transferQueryErrors,
	response: TRANSFER,
	itemLabel: transferBillNo.wireName,
	pastTense: 'read',
};
