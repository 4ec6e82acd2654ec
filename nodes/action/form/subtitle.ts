import type { Catalogue } from '../spec';

/**
 * What stands below the name of a node, such as "Commit: Membercard Bonus". An expression, as the editor has no other
 * way; n8n's usual one shows the values that are saved instead of the labels.
 */
export function subtitleOf({ resources }: Catalogue): string {
	const labels = Object.fromEntries(
		resources.map(({ name, value, operations }) => [
			value,
			Object.fromEntries(
				operations.map((operation) => [operation.value, `${operation.name}: ${name}`]),
			),
		]),
	);
	// Two braces in a row would end the expression.
	const json = JSON.stringify(labels).replace(/}(?=})/g, '} ');
	return `={{ (${json})[$parameter["resource"]]?.[$parameter["operation"]] ?? "" }}`;
}
