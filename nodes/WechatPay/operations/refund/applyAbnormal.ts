import type { INodePropertyOptions } from 'n8n-workflow';

import type { Operation } from '../../../action/spec';
import { outRefundNo, REFUND, REFUND_RESULT, refundSubMchid } from './fields';
import { abnormalRefundErrors } from './knownErrors';

/** 开户银行 debit cards of these banks alone */
const BANKS: INodePropertyOptions[] = [
	{ name: 'Agricultural Bank of China', value: 'ABC_DEBIT' },
	{ name: 'Bank of China', value: 'BOC_DEBIT' },
	{ name: 'Bank of Communications', value: 'COMM_DEBIT' },
	{ name: 'Bank of Ningbo', value: 'NBCB_DEBIT' },
	{ name: 'China CITIC Bank', value: 'CITIC_DEBIT' },
	{ name: 'China Construction Bank', value: 'CCB_DEBIT' },
	{ name: 'China Everbright Bank', value: 'CEB_DEBIT' },
	{ name: 'China Guangfa Bank', value: 'GDB_DEBIT' },
	{ name: 'China Merchants Bank', value: 'CMB_DEBIT' },
	{ name: 'China Minsheng Bank', value: 'CMBC_DEBIT' },
	{ name: 'Industrial and Commercial Bank of China', value: 'ICBC_DEBIT' },
	{ name: 'Industrial Bank', value: 'CIB_DEBIT' },
	{ name: 'Ping An Bank', value: 'PAB_DEBIT' },
	{ name: 'Postal Savings Bank of China', value: 'PSBC_DEBIT' },
	{ name: 'Shanghai Pudong Development Bank', value: 'SPDB_DEBIT' },
];

const TO_PAYER = { show: { type: ['USER_BANK_CARD'] } };

export const applyAbnormalRefund: Operation = {
	name: 'Apply Abnormal',
	value: 'applyAbnormal',
	action: 'Apply abnormal refund',
	description: 'Settle a refund that cannot go back the way it was paid',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4013071193',
	notice:
		'Only for a refund whose status is ABNORMAL. Card number and name are encrypted before they are sent.',

	method: 'POST',
	path: '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund',
	fields: [
		{
			wireName: 'refund_id',
			in: 'path',
			maxLength: 32,
			property: {
				displayName: 'Refund ID',
				name: 'refundId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 50000000382019052709732678859',
				description: "WeChat Pay's number of the refund (<code>refund_id</code>)",
			},
		},
		refundSubMchid,
		{ ...outRefundNo, in: 'body' },
		{
			wireName: 'type',
			in: 'body',
			property: {
				displayName: 'Refund To',
				name: 'type',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Bank Card of the Payer', value: 'USER_BANK_CARD' },
					{ name: 'Bank Account of the Merchant', value: 'MERCHANT_BANK_CARD' },
				],
				required: true,
				default: 'USER_BANK_CARD',
				description: 'Where the money goes (<code>type</code>)',
			},
		},
		{
			wireName: 'bank_type',
			in: 'body',
			property: {
				displayName: 'Bank',
				name: 'bankType',
				type: 'options',
				displayOptions: TO_PAYER,
				options: BANKS,
				required: true,
				default: 'ICBC_DEBIT',
				description: 'The bank of the debit card (<code>bank_type</code>)',
			},
		},
		{
			wireName: 'bank_account',
			in: 'body',
			maxLength: 1024,
			pattern: { regex: /^\d{8,32}$/, must: 'must be the number of a bank card, digits only' },
			sensitive: true,
			property: {
				displayName: 'Card Number',
				name: 'bankAccount',
				type: 'string',
				displayOptions: TO_PAYER,
				required: true,
				default: '',
				placeholder: 'e.g. 6222020000000000000',
				description:
					'Entered as plain text; encrypted before it is sent, and never shown again (<code>bank_account</code>)',
			},
		},
		{
			wireName: 'real_name',
			in: 'body',
			maxLength: 1024,
			// RSA-OAEP takes no more under a key of 2048 bits (docs/protocol.md, Sensitive fields).
			maxBytes: 214,
			sensitive: true,
			property: {
				displayName: 'Card Holder',
				name: 'realName',
				type: 'string',
				displayOptions: TO_PAYER,
				required: true,
				default: '',
				placeholder: 'e.g. 张三',
				description:
					'Entered as plain text; encrypted before it is sent, and never shown again (<code>real_name</code>)',
			},
		},
	],
	resendable: true,
	repeatable: true,
	on429: 'unknown',
	knownErrors: abnormalRefundErrors,
	response: { ...REFUND, state: REFUND_RESULT },
	itemLabel: outRefundNo.wireName,
	pastTense: 'settled',
};
