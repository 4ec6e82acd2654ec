/** Sends a request by n8n's own helpers, signed by our credential, from a node inside n8n's engine. */
import type { IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

import { runWorkflow } from '../../support/engine/engine.cts';
import { standIn } from '../../support/engine/host.cts';

/** n8n's two ways to send: programmatic nodes use the new one, the HTTP Request node the older one. */
export type Helper = 'httpRequestWithAuthentication' | 'requestWithAuthentication';

/** A node type that n8n lets use every credential. */
const NODE = 'n8n-nodes-base.httpRequest';

/** @throws what the helper threw */
export async function send(helper: Helper, options: object, credential: object): Promise<void> {
	const node = standIn(NODE, async (context): Promise<INodeExecutionData[]> => {
		const { httpRequestWithAuthentication, requestWithAuthentication } = context.helpers;
		const call =
			helper === 'requestWithAuthentication'
				? requestWithAuthentication
				: httpRequestWithAuthentication;
		await call.call(context, 'wechatPayApi', options as IHttpRequestOptions);
		return [{ json: {} }];
	});
	const { error } = await runWorkflow({
		workflow: {
			nodes: [
				{
					id: 'send',
					name: 'Send',
					type: NODE,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
					credentials: { wechatPayApi: { id: '1', name: 'WeChat Pay' } },
				},
			],
			connections: {},
		},
		start: 'Send',
		credential,
		standIns: { [NODE]: node },
	});
	if (error) throw error;
}
