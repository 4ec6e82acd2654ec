import type { Parameter } from '../../../action/spec';

/** 储值信息 a change of the stored value */
export const balanceInformation: Parameter = {
	wireName: 'balance_information',
	in: 'body',
	property: {
		displayName: 'Balance',
		name: 'balanceInformation',
		type: 'fixedCollection',
		default: {},
		description: 'A change of the stored value, in fen (<code>balance_information</code>)',
	},
	fields: [
		{
			wireName: 'before_balance',
			property: {
				displayName: 'Balance Before',
				name: 'beforeBalance',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				required: true,
				default: 0,
				description: 'Before the change, in fen (<code>before_balance</code>)',
			},
		},
		{
			wireName: 'balance',
			property: {
				displayName: 'Balance After',
				name: 'balance',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				required: true,
				default: 0,
				description: 'After the change, in fen (<code>balance</code>)',
			},
		},
		{
			wireName: 'add_balance',
			property: {
				displayName: 'Amount Added',
				name: 'addBalance',
				type: 'number',
				typeOptions: { numberPrecision: 0 },
				required: true,
				default: 0,
				description: 'Added, or spent where it is negative, in fen (<code>add_balance</code>)',
			},
		},
		{
			wireName: 'balance_remark',
			property: {
				displayName: 'Remark',
				name: 'balanceRemark',
				type: 'string',
				default: '',
				placeholder: 'e.g. 消费示例',
				description: 'Explains the change to the member (<code>balance_remark</code>)',
			},
		},
	],
};
