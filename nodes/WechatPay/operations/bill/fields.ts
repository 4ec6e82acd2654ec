import type { Parameter } from '../../../action/spec';
import { outputFileField, subMchid } from '../fields';

/** 账单日期 */
export const billDate: Parameter = {
	wireName: 'bill_date',
	in: 'query',
	maxLength: 10,
	pastDay: { months: 3 },
	property: {
		displayName: 'Bill Date',
		name: 'billDate',
		type: 'string',
		required: true,
		default: "={{ $now.setZone('Asia/Shanghai').minus(1, 'day').toISODate() }}",
		placeholder: 'e.g. 2026-11-27',
		description:
			"The day of the bill in China (<code>bill_date</code>), within the last three months. A date and time, such as n8n's expressions give, is turned into China's day.",
	},
};

/** 子商户号 of one sub-merchant */
export const billSubMchid: Parameter = {
	...subMchid,
	in: 'query',
	minLength: 8,
	property: subMchid.property && {
		...subMchid.property,
		description:
			'For service providers: the bill of one sub-merchant only (<code>sub_mchid</code>)',
		hint: 'Leave empty for a direct merchant, or for all sub-merchants of a service provider.',
	},
};

/** 资金账户类型 */
export const accountType: Parameter = {
	wireName: 'account_type',
	in: 'query',
	property: {
		displayName: 'Account',
		name: 'accountType',
		type: 'options',
		options: [
			{ name: 'Basic', value: 'BASIC', description: 'Payments and refunds' },
			{ name: 'Fees', value: 'FEES', description: 'Fees of WeChat Pay' },
			{ name: 'Operation', value: 'OPERATION', description: 'Transfers to users and withdrawals' },
		],
		default: 'BASIC',
		description:
			'The account whose flow is listed (<code>account_type</code>). Transfers to users are in that of Operation only.',
	},
};

/** What the operation gives: items, or a file. */
export const billOutput: Parameter[] = [
	{
		wireName: 'output_as',
		in: 'form',
		property: {
			displayName: 'Output',
			name: 'outputAs',
			type: 'options',
			required: true,
			noDataExpression: true,
			options: [
				{ name: 'File', value: 'file', description: 'The CSV file as it is, of any size' },
				{ name: 'Items', value: 'items', description: 'One item for each row, up to 200,000' },
			],
			default: 'items',
			description: 'What to make of the bill, once its SHA-1 has been checked',
		},
	},
	{
		wireName: 'include_summary',
		in: 'form',
		property: {
			displayName: 'Include Summary',
			name: 'includeSummary',
			type: 'boolean',
			displayOptions: { show: { outputAs: ['items'] } },
			default: false,
			description:
				'Whether to add one item with the totals of the bill, under <code>summary</code>; for a day without rows they are 0',
		},
	},
	outputFileField,
];
