import type { Resource } from '../../../action/spec';
import { getOrder } from './get';
import { getOrderByTransactionId } from './getByTransactionId';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	description: 'The payment that a bonus belongs to',
	operations: [getOrder, getOrderByTransactionId],
	defaultOperation: 'get',
};
