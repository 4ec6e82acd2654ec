import type { Operation, Resource } from '../spec';

const FOLDER =
	'https://github.com/n8n-nodes-wechatpay/n8n-nodes-wechatpay/blob/main/docs/operations';

/** The page of a resource, in the folder of the operations' documentation. */
export function pageOf({ value }: Pick<Resource, 'value'>): string {
	return `${value}.md`;
}

/** The anchor that GitHub makes of an operation's heading on the page of its resource. */
export function anchorOf({ name }: Pick<Operation, 'name'>): string {
	return name
		.toLowerCase()
		.replace(/[^a-z0-9 -]/g, '')
		.replace(/ /g, '-');
}

/** Where an operation is documented. */
export function docsUrl(
	resource: Pick<Resource, 'value'>,
	operation: Pick<Operation, 'name'>,
): string {
	return `${FOLDER}/${pageOf(resource)}#${anchorOf(operation)}`;
}
