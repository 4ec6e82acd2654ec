/**
 * Responses and notifications are signed in the same way and by the same key: neither may stand in for the other
 * (docs/protocol.md, What a signature does not cover).
 */
import type { IDataObject } from 'n8n-workflow';

import { signed, Target } from '../../attacks/target.cts';
import { ERROR, runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import type { N8n } from '../../support/engine/webhook.cts';
import { CARD, CODE, ORDER } from '../../support/fake/scene.cts';
import { notification, type Posted } from '../../support/fake/notification.cts';
import { notify, openTrigger, started } from './scene.cts';

let n8n: N8n;
let target: Target;

beforeEach(async () => {
	[n8n, target] = [await openTrigger(), await Target.start()];
});

afterEach(async () => {
	await Promise.all([n8n.stop(), target.stop()]);
});

/** Asks WeChat Pay, who answers with these bytes. @returns 'done', or the error of the item */
async function ask(
	operation: 'commit' | 'callback',
	{ headers, body }: Posted,
	status = 200,
): Promise<unknown> {
	target.answer = (response) => response.writeHead(status, headers).end(body);
	const execution = await runOperation({
		...(operation === 'commit'
			? {
					resource: 'bonus',
					operation,
					parameters: { cardId: CARD, code: CODE, outTradeNo: ORDER, bonusValue: 30 },
				}
			: { resource: operation, operation: 'get' }),
		credential: target.credential,
		options: { retries: 0 },
	});
	if (execution.json(WECHAT, SUCCESS).length > 0) return 'done';
	return execution.json(WECHAT, ERROR)[0].error as IDataObject;
}

function response(json: object): Posted {
	const body = Buffer.from(JSON.stringify(json));
	return { headers: signed(body), body };
}

it('a response that was believed is no notification', async () => {
	const answer = response({ notify_url: 'https://shop.example/notify' });
	expect(await ask('callback', answer)).toBe('done');
	expect((await notify(n8n, answer)).status).toBe(401);
	expect(n8n.log).toMatchObject([{ message: expect.stringContaining('signature of a response') }]);
	expect(started(n8n)).toEqual([]);
});

it('neither is one that this n8n never saw', async () => {
	expect((await notify(n8n, response({ notify_url: 'https://a.example/' }))).status).toBe(400);
	expect(started(n8n)).toEqual([]);
});

it.each([200, 201, 204])(
	'a notification is no response, whatever its status: %d',
	async (status) => {
		const unseen = notification();
		expect(await ask('commit', unseen, status)).toMatchObject({ outcome: 'unknown' });
		expect(await ask('callback', notification(), status)).toMatchObject({ outcome: 'unknown' });
		expect(started(n8n)).toEqual([]);
	},
);

it('nor is one that the trigger took', async () => {
	const taken = notification();
	expect((await notify(n8n, taken)).status).toBe(204);
	for (const operation of ['commit', 'callback'] as const) {
		expect(await ask(operation, taken)).toMatchObject({ outcome: 'unknown', code: 'REPLAYED' });
	}
	expect(started(n8n)).toHaveLength(1);
});

it('a notification that is delivered again with the same nonce is a repeat, not a forgery', async () => {
	const delivered = notification();
	const statuses = [];
	for (let times = 0; times < 3; times += 1) statuses.push((await notify(n8n, delivered)).status);
	expect(statuses).toEqual([204, 204, 204]);
	expect(started(n8n)).toHaveLength(1);
	expect(n8n.log.filter(({ message }) => /401/.test(String(message)))).toEqual([]);
});

it('it starts again where repeats are wanted', async () => {
	await n8n.stop();
	n8n = await openTrigger({ ignoreRepeats: false });
	const delivered = notification();
	await notify(n8n, delivered);
	expect((await notify(n8n, delivered)).status).toBe(204);
	expect(started(n8n)).toHaveLength(2);
});
