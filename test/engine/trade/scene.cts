/** Orders, payments and refunds through n8n's engine, against the fake WeChat Pay. */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import type { FakeWechatPay } from '../../support/fake/server.cts';

export const APPID = 'wxd678efh567hg6787';
export const SUB_MERCHANT = '1900000109';
export const NOTIFY = 'https://shop.example/webhook/paid';

/** What an operation came to, for one item or one for each set of parameters. */
export interface Came {
	done: IDataObject[];
	failures: IDataObject[];
}

/** Runs an operation with the credential of the fake's merchant. */
export async function run(
	fake: FakeWechatPay,
	operation: string,
	parameters: IDataObject,
	options: IDataObject = { retries: 0 },
): Promise<Came> {
	const [resource, value] = operation.split('.');
	const execution = await runOperation({
		resource,
		operation: value,
		parameters,
		credential: fake.credential({ appid: APPID }),
		options,
	});
	return {
		done: execution.json(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
	};
}

/** Parameters of a Native order. */
export function orderOf(number: string, more: IDataObject = {}): IDataObject {
	return { description: '示例', outTradeNo: number, notifyUrl: NOTIFY, total: 100, ...more };
}
