/** What an operation puts out, made by the code that does it from WeChat Pay's own examples. */
import { createPrivateKey, createPublicKey } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { Operation, Resource } from '../../../nodes/action/spec.ts';
import type { Row } from '../../../nodes/client/response/parseResponse.ts';
import { frontEnd, marks } from '../../../nodes/action/execution/addedOutput.ts';
import { simplified, toJson } from '../../../nodes/action/execution/toItems.ts';
import { buildRequest, checkValues } from '../../../nodes/action/request/buildRequest.ts';
import { PUBLIC_KEY } from '../../support/fake/keys.cts';
import { exampleOf } from '../../support/facts/exampleOf.cts';
import { factsOf } from '../../support/facts/facts.cts';
import { readJson, readText } from '../../support/files.cts';

const APPID = 'wxd678efh567hg6787';
const REQUEST_ID = '08F78BB5AF06...-0';

const MERCHANT_KEY = createPrivateKey(readText('test/support/keys/merchant-key.pem'));

/** Of WeChat Pay's example of the signature. */
const MOMENT = { timeStamp: '1554208460', nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242' };

const MERCHANT = {
	mchid: '1230000109',
	baseUrl: 'https://api.mch.weixin.qq.com',
	keys: new Map([[PUBLIC_KEY.serial, createPublicKey(PUBLIC_KEY.publicKeyPem)]]),
	wechatPaySerial: PUBLIC_KEY.serial,
};

/** The JSON of an item that leaves by Success. */
export function exampleOutput(resource: Resource, operation: Operation): IDataObject {
	const answer = exampleOf(factsOf(operation).response_fields) as Row;
	const request = requestOf(resource, operation);
	const list = answer[operation.response?.listField ?? ''] as Row[] | undefined;
	if (list) return { ...(request.identity as Row), ...simplified(list[0], operation, true) };
	const object = operation.response ? simplified(answer, operation, true) : undefined;
	return toJson(operation, request, object, REQUEST_ID, {
		...marks(operation, answer, 0),
		...frontEnd(operation, request, answer, { privateKey: MERCHANT_KEY }, MOMENT),
	});
}

function requestOf({ value }: Resource, operation: Operation) {
	const { cases } = readJson<{ cases: Array<{ parameters: IDataObject }> }>(
		`test/golden/${value}.${operation.value}.json`,
	);
	const [{ parameters }] = cases;
	const { updateFields, additionalFields } = parameters as Record<string, IDataObject>;
	const upload = { filename: 'logo.png', mimeType: 'image/png', bytes: Buffer.from('') };
	const values = { ...parameters, ...updateFields, ...additionalFields };
	return buildRequest(operation, checkedOf(operation, values), MERCHANT, {
		read: { bonus_value: 500 },
		...(operation.upload ? { upload } : {}),
	});
}

function checkedOf(operation: Operation, values: IDataObject) {
	const standIn = (kind: string) => ({ mchid: MERCHANT.mchid, appid: APPID })[kind];
	return checkValues(operation, values, { timezone: 'Asia/Shanghai', defaultValue: standIn });
}
