import { resources } from '../catalogue.cts';
import type { Operation } from '../../nodes/action/spec.ts';

/** The README's table of operations. */
export function operationsTable(): string {
	const rows = resources.flatMap(({ name, operations }) =>
		operations.map(
			(operation) =>
				`| ${name} | [${operation.name}](docs/operations.md#${anchorOf(name, operation)}) | ${operation.description} | ${pageOf(operation)} |`,
		),
	);
	return [
		'| Resource | Operation | What it does | WeChat Pay |',
		'| --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** Link to WeChat Pay's page, where one is known. */
export function pageOf({ docs }: Operation): string {
	return docs ? `[page](${docs})` : '';
}

/** The anchor that GitHub makes of the heading "Resource: Operation". */
export function anchorOf(resource: string, { name }: Operation): string {
	return `${resource}: ${name}`
		.toLowerCase()
		.replace(/[^a-z0-9 -]/g, '')
		.replace(/ /g, '-');
}
