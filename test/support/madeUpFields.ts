/** Fields of the form for the tests, which no operation has. */
import type { INodeProperties } from 'n8n-workflow';

import type { Parameter } from '../../nodes/action/spec';

/** A field of the form; it is a text unless told otherwise. */
export const property = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name.toUpperCase(),
	name,
	type: 'string',
	default: '',
	...more,
});

/** The parameter of the body that such a field fills. */
export const field = (name: string, more: Partial<INodeProperties> = {}): Parameter => ({
	wireName: name,
	in: 'body',
	property: property(name, more),
});
