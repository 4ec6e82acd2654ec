import type { Resource } from '../../../action/spec';
import { closeOrder } from './close';
import { getOrder } from './get';
import { getOrderByTransactionId } from './getByTransactionId';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	description: 'A payment: read it, or close it unpaid',
	operations: [closeOrder, getOrder, getOrderByTransactionId],
	defaultOperation: 'get',
};
