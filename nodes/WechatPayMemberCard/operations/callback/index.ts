import type { Resource } from '../../../action/spec';
import { getCallback } from './get';
import { setCallback } from './set';

export const callback: Resource = {
	name: 'Callback',
	value: 'callback',
	description: 'Where WeChat Pay sends its notifications on member cards',
	operations: [getCallback, setCallback],
	defaultOperation: 'get',
};
