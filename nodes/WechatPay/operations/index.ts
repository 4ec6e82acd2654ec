import { commit } from './bonus/commit';
import { prepare } from './bonus/prepare';
import type { Resource } from './types';

/** Everything this package can ask of WeChat Pay, in the order of the form. */
export const catalogue: Resource[] = [
	{
		name: 'Membercard Bonus',
		value: 'bonus',
		description: 'The points shown to a member after a payment',
		operations: [commit, prepare],
	},
];
