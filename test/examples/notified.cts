/** A shipped example that a notification starts: our trigger and node as they are, in n8n's webhook and engine. */
import { WechatPayTrigger } from '../../nodes/WechatPayTrigger/WechatPayTrigger.node.ts';
import { N8n } from '../support/engine/webhook.cts';
import type { FakeWechatPay } from '../support/fake/server.cts';
import { readExample } from './files.cts';
import type { Outside } from './outside.cts';
import { standIns, withCredential } from './run.cts';

export interface NotifiedExample {
	file: string;
	wechatPay: FakeWechatPay;
	outside: Outside;
}

/** n8n with the example, ready for `notify`. */
export async function openExample({ file, wechatPay, outside }: NotifiedExample): Promise<N8n> {
	return await N8n.start({
		workflow: withCredential(readExample(file)),
		credential: wechatPay.credential(),
		trigger: new WechatPayTrigger(),
		standIns: standIns(outside),
	});
}
