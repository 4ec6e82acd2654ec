import type { Resource } from '../../../action/spec';
import { commit } from './commit';
import { prepare } from './prepare';

export const bonus: Resource = {
	name: 'Membercard Bonus',
	value: 'bonus',
	description: 'The points shown to a member after a payment',
	operations: [commit, prepare],
	defaultOperation: 'commit',
};
