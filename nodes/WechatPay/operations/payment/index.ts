import type { Resource } from '../../../action/spec';
import { createApp } from './createApp';
import { createH5 } from './createH5';
import { createJsapi } from './createJsapi';
import { createNative } from './createNative';

export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	description: 'An order that a shopper pays',
	operations: [createApp, createH5, createJsapi, createNative],
	defaultOperation: 'createNative',
};
