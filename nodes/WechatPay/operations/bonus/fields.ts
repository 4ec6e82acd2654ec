import type { Parameter } from '../../../action/spec';

/** 积分 bonus */
export const bonusValue: Parameter = {
	wireName: 'bonus_value',
	in: 'body',
	property: {
		displayName: 'Bonus Value',
		name: 'bonusValue',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		required: true,
		default: 0,
		placeholder: 'e.g. 30',
		description:
			'The points that this order earns (<code>bonus_value</code>), a positive whole number; the same for Prepare and Commit',
	},
};
