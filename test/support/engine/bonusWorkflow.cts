/** The smallest workflow around a bonus operation: orders in, one branch each for Success and Error. */
import type { IDataObject, INode } from 'n8n-workflow';

import type { EngineOptions, Execution } from './engine.cts';
import type { WorkflowJson } from './host.cts';
import { runWorkflow } from './engine.cts';
import { WECHAT_PAY } from './host.cts';
import { inPlace } from './operation.cts';

/** An order as an order system would deliver it. */
export interface Order extends IDataObject {
	order_no?: IDataObject[string];
	card_id?: IDataObject[string];
	member_code?: IDataObject[string];
	points?: IDataObject[string];
}

export interface BonusRun extends Omit<EngineOptions, 'workflow' | 'start' | 'items'> {
	orders: Order[];
	operation?: 'commit' | 'prepare';
	onError?: INode['onError'];
	options?: IDataObject;
	/** Parameters beside, or instead of, the usual expressions; collections may be left out. */
	parameters?: IDataObject;
	/** The type name of our node, to run it as an agent's tool. */
	type?: string;
	settings?: Partial<INode>;
}

export const ORDERS = 'Orders';
export const COMMIT = 'Commit';
export const COMMITTED = 'Committed';
export const NOT_COMMITTED = 'Not committed';

/** @returns the execution; `Committed` got what left by Success, `Not committed` what left by Error */
export async function runBonus(run: BonusRun): Promise<Execution> {
	return await runWorkflow({
		...run,
		workflow: bonusWorkflow(run),
		start: ORDERS,
		items: run.orders.map((json) => ({ json })),
	});
}

function bonusWorkflow(run: BonusRun): WorkflowJson {
	const operation = run.operation ?? 'commit';
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		nodes: [
			node(ORDERS, 'test.orders'),
			node(COMMIT, run.type ?? WECHAT_PAY, {
				onError: run.onError,
				credentials: { wechatPayApi: { id: '1', name: 'WeChat Pay' } },
				parameters: {
					resource: 'bonus',
					operation,
					cardId: { __rl: true, mode: 'id', value: '={{ $json.card_id }}' },
					code: '={{ $json.member_code }}',
					outTradeNo: '={{ $json.order_no }}',
					bonusValue: '={{ $json.points }}',
					options: run.options ?? {},
					...inPlace('bonus', operation, run.parameters ?? {}),
				} as INode['parameters'],
				...run.settings,
			}),
			node(COMMITTED, 'test.handOn'),
			node(NOT_COMMITTED, 'test.handOn'),
		],
		connections: {
			[ORDERS]: { main: [to(COMMIT)] },
			[COMMIT]: { main: [to(COMMITTED), to(NOT_COMMITTED)] },
		},
	};
}

function node(name: string, type: string, extra: Partial<INode> = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...extra };
}
