import type { Operation } from '../../../action/spec';
import { accountType, billDate, billOutput } from './fields';
import { fundFlowFile } from './fundFlowFile';
import { billErrors, EMPTY_CODE } from './knownErrors';

export const getFundFlowBill: Operation = {
	name: 'Get Fund Flow Bill',
	value: 'getFundFlowBill',
	action: 'Get a fund flow bill',
	description:
		'Get what came into and left an account on a day, one item for each row or as a file',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4013071235',
	notice: 'Amounts are in fen. Transfers to users are in the account Operation only.',
	noticeMore:
		'For transfers, business_id and flow_id are transfer_bill_no, and voucher_no is out_bill_no. A service provider gets its own accounts here. A bill is there from 10:00 in China on the next day; a day without flow gives no item and a hint.',

	method: 'GET',
	path: '/v3/bill/fundflowbill',
	fields: [billDate, accountType, ...billOutput],
	resendable: true,
	repeatable: true,
	knownErrors: billErrors,
	response: {
		requiredFields: ['hash_type', 'hash_value', 'download_url'],
		emptyCode: EMPTY_CODE,
	},
	file: fundFlowFile,
	itemLabel: billDate.wireName,
	pastTense: 'read',
};
