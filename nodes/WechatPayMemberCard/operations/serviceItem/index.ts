import type { Resource } from '../../../action/spec';
import { addServiceItem } from './add';
import { removeServiceItem } from './remove';
import { setUserData } from './setUserData';
import { updateServiceItem } from './update';

export const serviceItem: Resource = {
	name: 'Service Item',
	value: 'serviceItem',
	description: 'Services shown on a card, such as a booking',
	operations: [addServiceItem, removeServiceItem, setUserData, updateServiceItem],
	defaultOperation: 'add',
};
