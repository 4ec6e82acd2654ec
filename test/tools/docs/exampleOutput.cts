/** What an operation puts out, made by the code that does it from WeChat Pay's own examples. */
import { createPrivateKey, createPublicKey } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { FileShape, Operation, Resource } from '../../../nodes/action/spec.ts';
import type { Row } from '../../../nodes/client/response/parseResponse.ts';
import { frontEnd, marks } from '../../../nodes/action/execution/addedOutput.ts';
import { simplified, toJson } from '../../../nodes/action/execution/toItems.ts';
import { buildRequest, checkValues } from '../../../nodes/action/request/buildRequest.ts';
import type { Request } from '../../../nodes/client/types.ts';
import { StatementReader } from '../../../nodes/client/statement/statementReader.ts';
import { PUBLIC_KEY } from '../../support/fake/keys.cts';
import { exampleOf } from '../../support/facts/exampleOf.cts';
import { factsOf } from '../../support/facts/facts.cts';
import { chinaSeconds, readGolden } from '../../support/days.cts';
import {
	flowStatement,
	tradeStatement,
	USUAL_STYLE,
} from '../../support/fake/trade/statements.cts';
import { completeFlow, completeTrade } from '../../support/fake/trade/trades.cts';

const EXAMPLE_DAY = '2026-11-27';

/** What an endpoint answers, as it came. */
const EXAMPLE_OF_ANY = { out_trade_no: '1217752501201407033233368018', trade_state: 'SUCCESS' };
import { readText } from '../../support/files.cts';

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
	if (operation.isFree) return { ...EXAMPLE_OF_ANY, request_id: REQUEST_ID };
	const request = requestOf(resource, operation);
	if (operation.file) return exampleOfFile(operation, operation.file, request);
	const answer = exampleOf(factsOf(operation).response_fields) as Row;
	const list = answer[operation.response?.listField ?? ''] as Row[] | undefined;
	if (list) return { ...(request.identity as Row), ...simplified(list[0], operation, true) };
	const object = operation.response ? simplified(answer, operation, true) : undefined;
	return toJson(operation, request, object, REQUEST_ID, {
		...marks(operation, answer, 0),
		...frontEnd(operation, request, answer, { ...MERCHANT, privateKey: MERCHANT_KEY }, MOMENT),
	});
}

/** A row of a file, or what stands beside one; its day is one of WeChat Pay's examples, so that the page stays the same from day to day. */
function exampleOfFile(operation: Operation, { statement }: FileShape, request: Request): Row {
	if (!statement) return toJson(operation, request, {}, REQUEST_ID);
	const time = chinaSeconds(EXAMPLE_DAY);
	const reader = new StatementReader(statement);
	const isTrade = '交易时间' in statement.columns;
	reader.write(
		isTrade
			? tradeStatement([completeTrade({ time })], 'ALL', USUAL_STYLE)
			: flowStatement([completeFlow({ time })], USUAL_STYLE),
	);
	return { ...(request.identity as Row), bill_date: EXAMPLE_DAY, ...reader.end().rows[0] };
}

function requestOf({ value }: Resource, operation: Operation) {
	const file = `test/golden/${value}.${operation.value}.json`;
	const { cases } = readGolden<{ cases: Array<{ parameters: IDataObject }> }>(file);
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
