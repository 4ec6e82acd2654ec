import type { Collection } from './fieldLayout';

/** The label of the JSON field, which messages use as well. */
export const JSON_LABEL = 'Additional Fields (JSON)';

/** The labels of the collections, in the order in which they stand at the end of a form. */
export const COLLECTION_LABEL: Record<Collection, string> = {
	updateFields: 'Update Fields',
	additionalFields: 'Additional Fields',
	options: 'Options',
};
