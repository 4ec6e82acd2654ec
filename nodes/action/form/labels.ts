/** The label of the JSON field, which messages use as well. */
export const JSON_LABEL = 'Additional Fields (JSON)';
