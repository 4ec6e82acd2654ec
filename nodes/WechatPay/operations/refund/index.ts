import type { Resource } from '../../../action/spec';
import { applyAbnormalRefund } from './applyAbnormal';
import { createRefund } from './create';
import { getRefund } from './get';

export const refund: Resource = {
	name: 'Refund',
	value: 'refund',
	description: 'Money that goes back to a payer',
	operations: [applyAbnormalRefund, createRefund, getRefund],
	defaultOperation: 'get',
};
