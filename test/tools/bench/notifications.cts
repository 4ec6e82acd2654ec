/** What a notification costs: CPU time of the trigger in n8n's webhook context, beside one bare signature check. */
import { createPublicKey, verify } from 'node:crypto';

import Table from 'cli-table3';
import type { INode, IWebhookData } from 'n8n-workflow';

import { WechatPayTrigger } from '../../../nodes/WechatPayTrigger/WechatPayTrigger.node.ts';
import { additionalData, loadWorkflow } from '../../support/engine/host.cts';
import { CREDENTIAL, PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';
import type { Posted } from '../../support/fake/notification.cts';
import { notification } from '../../support/fake/notification.cts';
import { triggerWorkflow } from '../../unit/WechatPayTrigger/scene.cts';
import { medians, sample } from './measure.cts';

import { WebhookContext } from 'n8n-core';

const WANTED_MS = 2;

const BARE = 'one bare signature check';
const GENUINE = 'genuine: verified, decrypted, handed on';

/** What is posted, by what it is called in the table. */
const POSTS: Record<string, () => Posted> = {
	[GENUINE]: () => notification(),
	'an event that is not listened to': () => notification({ event_type: 'REFUND.CLOSED' }),
	'forged: another key': () => notification({}, { key: PLATFORM_A, serial: PUBLIC_KEY.serial }),
	'forged: a key nobody has': () => notification({}, { serial: 'FFFF' }),
	'not signed': () => notification({}, { headers: { 'Wechatpay-Signature': undefined } }),
};

/**
 * Measures and prints them.
 *
 * @param rounds how often each is measured, in turn
 * @param count how many posts of a kind in each round
 * @returns the line on what was wanted
 */
export async function notificationCosts(rounds: number, count: number): Promise<string> {
	const costs: Record<string, number> = { [BARE]: 0 };
	const samples: Record<string, Array<{ rate: number; cpu: number }>> = {};
	for (let round = 0; round < rounds; round += 1) {
		(samples[BARE] ??= []).push(await measure(bareChecks(count)));
		for (const [name, post] of Object.entries(POSTS)) {
			(samples[name] ??= []).push(await measure(receptions(Array.from({ length: count }, post))));
		}
	}
	for (const [name, all] of Object.entries(samples)) costs[name] = medians(all).cpu;
	const table = new Table({
		style: { head: [], border: [] },
		head: ['a notification', 'CPU ms', 'of a bare check'],
	});
	for (const [name, cpu] of Object.entries(costs)) {
		table.push([name, cpu.toFixed(3), (cpu / costs[BARE]).toFixed(2)]);
	}
	console.log(`Notifications, ${count} of a kind\n${table.toString()}\n`);
	const isReached = costs[GENUINE] < WANTED_MS;
	return `  ${isReached ? 'reached' : 'MISSED '}  ms of CPU for a genuine notification: ${costs[GENUINE].toFixed(2)} (wanted under ${WANTED_MS})`;
}

async function measure(work: Array<() => unknown>) {
	return await sample(work.length, async () => {
		const started = performance.now();
		for (const one of work) await one();
		return performance.now() - started;
	});
}

function bareChecks(count: number): Array<() => unknown> {
	const key = createPublicKey(PUBLIC_KEY.publicKeyPem);
	const { headers, body } = notification();
	const signature = Buffer.from(headers['Wechatpay-Signature'], 'base64');
	const head = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n`;
	const message = Buffer.concat([Buffer.from(head), body, Buffer.from('\n')]);
	return Array.from({ length: count }, () => () => verify('sha256', message, key, signature));
}

/** Calls of the trigger, with nothing of n8n around but its context; the credential needs no decrypting. */
function receptions(posts: Posted[]): Array<() => unknown> {
	const options = {
		workflow: triggerWorkflow({ events: ['MEMBERCARD.ACTIVATE_CARD'] }),
		credential: CREDENTIAL,
	};
	const workflow = loadWorkflow(options);
	const [node] = options.workflow.nodes as INode[];
	const trigger = new WechatPayTrigger();
	return posts.map(({ headers, body }) => {
		const httpResponse = { status: () => httpResponse, end: () => {}, json: () => {} };
		const data = Object.assign(additionalData(options), {
			httpRequest: { headers, rawBody: body },
			httpResponse,
		});
		const context = new WebhookContext(
			workflow,
			node,
			data as never,
			'webhook',
			{ webhookDescription: trigger.description.webhooks?.[0] } as IWebhookData,
			[],
			null,
		);
		return async () => await trigger.webhook.call(context);
	});
}
