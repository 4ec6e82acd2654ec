/** The ways to make the same commits that the bench compares. Each makes every call once, at the given concurrency. */
import { Agent } from 'node:https';

import axios from 'axios';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeType } from 'n8n-workflow';
import { Wechatpay } from 'wechatpay-axios-plugin';

import { toMerchant, signedHeaders } from '../../../nodes/apiv3/merchant';
import { resources } from '../../support/catalogue.cts';
import { nodeProperties } from '../../../nodes/action/form/nodeProperties';
import { inPool } from '../../../nodes/action/execution/pool';
import { WechatPay } from '../../../nodes/WechatPay/WechatPay.node.ts';
import { COMMIT, runBonus, type Order } from '../../support/engine/bonusWorkflow.cts';
import { standIn } from '../../support/engine/host.cts';

export interface Calls {
	baseUrl: string;
	credential: Record<string, string>;
	card_id: string;
	code: string;
	bonus_value: number;
	out_trade_nos: string[];
}

/** Makes all calls. @returns how long they took, in ms, without what was prepared before */
export type Contender = (calls: Calls, concurrency: number) => Promise<number>;

/** This package's node in n8n's engine, with expressions as in the nightly workflow. */
export const node: Contender = async (calls, concurrency) => await commits(calls, concurrency);

/** The same with the options as they are when nobody touches them. */
export const nodeByDefault: Contender = async (calls) => await commits(calls, undefined);

/** The same with a form that has nothing but the bonus operations: what the other operations cost each item. */
export const nodeWithBonusOnly: Contender = async (calls, concurrency) => {
	const type = new WechatPay();
	const bonus = resources.filter(({ value }) => value === 'bonus');
	type.description = {
		...type.description,
		properties: nodeProperties({ resources: bonus, defaultResource: 'bonus' }),
	};
	return await commits(calls, concurrency, type);
};

async function commits(calls: Calls, concurrency?: number, type?: INodeType): Promise<number> {
	const execution = await runBonus({
		orders: ordersOf(calls),
		credential: calls.credential,
		onError: 'continueErrorOutput',
		...(concurrency === undefined ? {} : { options: { concurrency } }),
		...(type ? { node: type } : {}),
	});
	expectAll(calls, execution.items(COMMIT).length);
	if (execution.decryptions > 25) throw new Error(`${execution.decryptions} decryptions`);
	return execution.run.data.resultData.runData[COMMIT][0].executionTime;
}

/** As n8n's built-in nodes do: one request after the other, each signed through the credential. */
export const oneAtATime: Contender = async (calls) =>
	await inEngine(calls, async (context, note) => {
		for (const request of requestsOf(calls)) {
			const options = { ...request, json: true } as IHttpRequestOptions;
			await context.helpers.httpRequestWithAuthentication.call(context, 'wechatPayApi', options);
			note();
		}
	});

/** n8n's bare HTTP helper with requests that were signed before: the ceiling inside n8n. */
export const bareHelper: Contender = async (calls, concurrency) => {
	const requests = await signedRequests(calls);
	return await inEngine(calls, async (context, note) => {
		await inPool(
			{ places: concurrency },
			requests.length,
			async (index) => {
				await context.helpers.httpRequest({
					...requests[index],
					encoding: 'arraybuffer',
					returnFullResponse: true,
				} as IHttpRequestOptions);
				note();
			},
			() => true,
		);
	});
};

/** wechatpay-axios-plugin with connections kept alive; it signs and verifies as we do. */
export const plugin: Contender = async (calls, concurrency) => {
	const { mchid, serialNo, privateKey, publicKeyId, publicKey } = calls.credential;
	const client = new Wechatpay({
		mchid,
		serial: serialNo,
		privateKey,
		certs: { [publicKeyId]: publicKey },
		baseURL: `${calls.baseUrl}/`,
		headers: { 'Wechatpay-Serial': publicKeyId },
		httpsAgent: new Agent({ keepAlive: true }),
	} as never);
	const path = pathOf(calls).slice(1);
	return await outside(calls, concurrency, async (body) => {
		await client.chain(path).post(body);
	});
};

/** axios alone with connections kept alive and requests that were signed before: the limit outside n8n. */
export const plainAxios: Contender = async (calls, concurrency) => {
	const requests = await signedRequests(calls);
	const client = axios.create({ httpsAgent: new Agent({ keepAlive: true }) });
	return await outside(calls, concurrency, async (_body, index) => {
		const { url, headers, body } = requests[index];
		await client.post(url, body, { headers });
	});
};

async function outside(
	calls: Calls,
	concurrency: number,
	call: (body: object, index: number) => Promise<void>,
): Promise<number> {
	const bodies = bodiesOf(calls);
	const started = performance.now();
	await inPool(
		{ places: concurrency },
		bodies.length,
		async (index) => await call(bodies[index], index),
		() => true,
	);
	return performance.now() - started;
}

/**
 * Runs the calls in a node of n8n's engine, so that helpers and context are the real ones.
 *
 * @param work makes all calls, and notes each
 * @returns how long that took, in ms
 */
export async function inEngine(
	calls: Calls,
	work: (context: IExecuteFunctions, note: () => void) => Promise<void>,
): Promise<number> {
	let noted = 0;
	let took = 0;
	const type = standIn('bench', async (context) => {
		const started = performance.now();
		await work(context, () => (noted += 1));
		took = performance.now() - started;
		return [];
	});
	type.description.credentials = [{ name: 'wechatPayApi', required: true }];
	const execution = await runBonus({
		orders: [{}],
		credential: calls.credential,
		node: type,
	});
	if (execution.error) throw execution.error;
	expectAll(calls, noted);
	return took;
}

/** The calls as an order system delivers them. */
export function ordersOf({ out_trade_nos, card_id, code, bonus_value: points }: Calls): Order[] {
	return out_trade_nos.map((order_no) => ({ order_no, card_id, member_code: code, points }));
}

/** The calls as requests, not signed yet. */
export function requestsOf(calls: Calls) {
	const url = calls.baseUrl + pathOf(calls);
	return bodiesOf(calls).map((body) => ({ method: 'POST' as const, url, body }));
}

async function signedRequests(calls: Calls) {
	const merchant = toMerchant(calls.credential);
	return await Promise.all(
		requestsOf(calls).map(async ({ method, url, body: json }) => {
			const body = Buffer.from(JSON.stringify(json));
			return { method, url, body, headers: await signedHeaders(merchant, { method, url, body }) };
		}),
	);
}

function bodiesOf({ out_trade_nos, credential, bonus_value }: Calls): IDataObject[] {
	return out_trade_nos.map((out_trade_no) => ({
		out_trade_no,
		mchid: credential.mchid,
		bonus_value,
	}));
}

function pathOf({ card_id, code }: Calls): string {
	return `/v3/marketing/membercard-open/cards/${card_id}/codes/${code}/bonus/commit`;
}

function expectAll({ out_trade_nos }: Calls, made: number): void {
	if (made !== out_trade_nos.length) throw new Error(`${made} of ${out_trade_nos.length} calls`);
}
