import type { Resource } from '../../../action/spec';
import { decryptCode } from './decryptCode';
import { getInformation } from './getInformation';

export const activation: Resource = {
	name: 'Activation',
	value: 'activation',
	description: 'What WeChat Pay hands to your own activation page',
	operations: [decryptCode, getInformation],
	defaultOperation: 'decryptCode',
};
