import { anchorOf, pageOf } from '../../../nodes/action/form/docsPage.ts';
import type { Operation, Resource } from '../../../nodes/action/spec.ts';
import { actionNodes } from './catalogue.cts';

/** docs/operations/README.md: the index of all operations. */
export function operationsIndex(): string {
	const count = actionNodes
		.flatMap(({ resources }) => resources)
		.reduce((sum, { operations }) => sum + operations.length, 0);
	return `# Operations

All ${count} operations of the two action nodes. Each page lists the fields with their limits, shows an example of the output
and links WeChat Pay's documentation. This folder is written by \`npm run docs\`; do not edit it manually.

${actionNodes.map(({ name, resources }) => `## ${name}\n\n${tableOf(resources)}`).join('\n\n')}
`;
}

function tableOf(resources: Resource[]): string {
	const rows = resources.flatMap((resource) =>
		resource.operations.map(
			(operation) =>
				`| [${resource.name}](${pageOf(resource)}) | [${operation.name}](${pageOf(resource)}#${anchorOf(operation)}) | ${operation.description} | ${wechatPayPage(operation)} |`,
		),
	);
	return [
		'| Resource | Operation | What it does | WeChat Pay |',
		'| --- | --- | --- | --- |',
		...rows,
	].join('\n');
}

/** Link to WeChat Pay's page, where one is known. */
export function wechatPayPage({ docs }: Operation): string {
	return docs ? `[page](${docs})` : '';
}
