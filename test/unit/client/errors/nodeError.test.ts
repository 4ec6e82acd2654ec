import type { INode } from 'n8n-workflow';

import { nodeError } from '../../../../nodes/client/errors/nodeError';

const node = { name: 'WeChat Pay' } as INode;

it.each<[string, unknown, string]>([
	['an exception', new Error('No answer.'), 'No answer.'],
	['one that n8n has words of its own for', new Error('ECONNREFUSED'), 'ECONNREFUSED'],
	['anything else', 'gone', 'gone'],
])('says in our own words why %s', (_, reason, message) => {
	const thrown = nodeError(node, reason);
	expect(thrown).toMatchObject({ name: 'NodeOperationError', message, node });
});
