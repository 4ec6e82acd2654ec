import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../action/spec';
import { accountType, billDate, billOutput, billSubMchid } from './fields';
import { fundFlowFile } from './fundFlowFile';
import { billErrors, EMPTY_CODE } from './knownErrors';

export const getSubMerchantFundFlowBill: Operation = {
	name: 'Get Sub-Merchant Fund Flow Bill',
	value: 'getSubMerchantFundFlowBill',
	action: 'Get a sub-merchant fund flow bill',
	description: 'For service providers: get the fund flow bill of a sub-merchant, decrypted',
	docs: 'https://pay.weixin.qq.com/doc/v3/partner/4012760249',
	notice: 'Amounts are in fen. The service provider platform has to give the permission for it.',
	noticeMore:
		'The permission is 下载二级商户资金账单. WeChat Pay splits bills above about 16 GB; as files, the parts are data, data_2 and so on. A bill is there from 10:00 in China on the next day; a day without flow gives no item and a hint.',

	method: 'GET',
	path: '/v3/bill/sub-merchant-fundflowbill',
	fields: [
		{
			...billSubMchid,
			minLength: undefined,
			property: {
				...(billSubMchid.property as INodeProperties),
				required: true,
				hint: undefined,
				description: 'The sub-merchant whose account it is (<code>sub_mchid</code>)',
			},
		},
		billDate,
		{
			...accountType,
			property: {
				...(accountType.property as INodeProperties),
				required: true,
				options: [
					{ name: 'Basic', value: 'BASIC', description: 'Payments and refunds' },
					{ name: 'Deposit', value: 'DEPOSIT', description: 'Deposits of the sub-merchant' },
					{ name: 'Fees', value: 'FEES', description: 'Fees of WeChat Pay' },
					{
						name: 'Operation',
						value: 'OPERATION',
						description: 'Transfers to users and withdrawals',
					},
				],
			},
		},
		{
			wireName: 'algorithm',
			in: 'query',
			requiredOnWire: true,
			maxLength: 31,
			property: {
				displayName: 'Encryption',
				name: 'algorithm',
				type: 'hidden',
				default: 'AEAD_AES_256_GCM',
				description: 'How the file is encrypted (<code>algorithm</code>)',
			},
		},
		...billOutput,
	],
	resendable: true,
	repeatable: true,
	knownErrors: billErrors,
	response: {
		requiredFields: [
			'bill_sequence',
			'hash_type',
			'hash_value',
			'download_url',
			'encrypt_key',
			'nonce',
		],
		listField: 'download_bill_list',
		emptyCode: EMPTY_CODE,
	},
	file: fundFlowFile,
	itemLabel: billDate.wireName,
	pastTense: 'read',
};
