import type { Operation } from '../../../action/spec';
import { billDate, billOutput, billSubMchid } from './fields';
import { billErrors, EMPTY_CODE } from './knownErrors';
import { tradeBillFile } from './tradeBillFile';

export const getTradeBill: Operation = {
	name: 'Get Trade Bill',
	value: 'getTradeBill',
	action: 'Get a trade bill',
	description: 'Get the orders and refunds of a day, one item for each row or as a file',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4013071227',
	notice:
		'Amounts are in fen. refund_status is of the moment when the bill was made: ask Refund: Get for what came of it.',
	noticeMore:
		'Transfers to users are in the fund flow bill of the operation account. A bill is there from 10:00 in China on the next day; a day without trade gives no item and a hint.',

	method: 'GET',
	path: '/v3/bill/tradebill',
	fields: [
		billDate,
		billSubMchid,
		{
			wireName: 'bill_type',
			in: 'query',
			property: {
				displayName: 'Rows',
				name: 'billType',
				type: 'options',
				options: [
					{ name: 'Orders and Refunds', value: 'ALL' },
					{ name: 'Paid Orders', value: 'SUCCESS' },
					{ name: 'Refunds', value: 'REFUND' },
				],
				default: 'ALL',
				description:
					'What the bill lists (<code>bill_type</code>). Only the bill of refunds has the times of each refund.',
			},
		},
		...billOutput,
	],
	resendable: true,
	repeatable: true,
	knownErrors: billErrors,
	response: {
		requiredFields: ['hash_type', 'hash_value', 'download_url'],
		emptyCode: EMPTY_CODE,
	},
	file: tradeBillFile,
	itemLabel: billDate.wireName,
	pastTense: 'read',
};
