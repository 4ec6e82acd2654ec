import type { Operation } from '../../../action/spec';
import { outBillNo, QUERY_NOTICE, QUERY_NOTICE_MORE, TRANSFER } from './fields';
import { transferQueryErrors } from './knownErrors';

export const getTransfer: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a transfer',
	description: 'Get a transfer by your own bill number',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012716437',
	notice: QUERY_NOTICE,
	noticeMore: QUERY_NOTICE_MORE,

	method: 'GET',
	path: '/v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{out_bill_no}',
	fields: [outBillNo],
	resendable: true,
	repeatable: true,
	knownErrors: transferQueryErrors,
	response: TRANSFER,
	itemLabel: outBillNo.wireName,
	pastTense: 'read',
};
