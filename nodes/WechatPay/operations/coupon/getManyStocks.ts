import type { Operation } from '../../../action/spec';
import { REQUIRED_OF_STOCK, SIMPLE_STOCK, stockCreator } from './fields';
import { couponErrors } from './knownErrors';

export const getManyStocks: Operation = {
	name: 'Get Many Stocks',
	value: 'getManyStocks',
	action: 'Get many coupon stocks',
	description: 'List the coupon stocks of a merchant',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012460489',

	method: 'GET',
	path: '/v3/marketing/favor/stocks',
	fields: [
		{ ...stockCreator, in: 'query' },
		{
			wireName: 'create_start_time',
			in: 'query',
			property: {
				displayName: 'Created After',
				name: 'createStartTime',
				type: 'dateTime',
				default: '',
				description: 'Only stocks made from then on (<code>create_start_time</code>)',
			},
		},
		{
			wireName: 'create_end_time',
			in: 'query',
			property: {
				displayName: 'Created Before',
				name: 'createEndTime',
				type: 'dateTime',
				default: '',
				description: 'Only stocks made until then (<code>create_end_time</code>)',
			},
		},
		{
			wireName: 'status',
			in: 'query',
			property: {
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'In Review', value: 'audit' },
					{ name: 'Not Started', value: 'unactivated' },
					{ name: 'Paused', value: 'paused' },
					{ name: 'Running', value: 'running' },
					{ name: 'Stopped', value: 'stoped' },
				],
				default: 'running',
				description: 'Only stocks in this state (<code>status</code>)',
			},
		},
	],
	resendable: true,
	repeatable: true,
	knownErrors: couponErrors,
	response: {
		requiredFields: REQUIRED_OF_STOCK,
		listField: 'data',
		uniqueBy: ['stock_id'],
		pageSize: 10,
		simplifiedFields: SIMPLE_STOCK,
	},
	pastTense: 'listed',
};
