/** WeChat Pay nests six deep; n8n can't keep, show or hand on what is nested thousands deep. */
const MAX_DEPTH = 100;

/** Whether parsed JSON of WeChat Pay is nested deeper than makes sense. */
export function isNestedTooDeep(value: unknown, levels = MAX_DEPTH): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((one) => isNestedTooDeep(one, levels - 1));
}
