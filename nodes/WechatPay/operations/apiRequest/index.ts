import type { Resource } from '../../../action/spec';
import { sendApiRequest } from './send';

export const apiRequest: Resource = {
	name: 'API Request',
	value: 'apiRequest',
	description: 'Any other endpoint of WeChat Pay, with the response verified',
	operations: [sendApiRequest],
	defaultOperation: 'send',
};
