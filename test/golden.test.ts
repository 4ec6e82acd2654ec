/**
 * Golden requests: what a user's parameters become on the wire, byte by byte, through n8n's engine. The first case of
 * each operation is one that WeChat Pay takes, too.
 */
import type { IDataObject } from 'n8n-workflow';

import { operationOf, resources } from './support/catalogue.cts';
import { ERROR, inPlace, runOperation, SUCCESS, WECHAT } from './support/engine/operation.cts';
import type { PlainRequest } from './support/engine/plain.cts';
import { plainRequest } from './support/engine/plain.cts';
import { arrange } from './support/fake/examples.cts';
import { CARD, CODE, COMMIT_BODY, ORDER } from './support/fake/scene.cts';
import { FakeWechatPay } from './support/fake/server.cts';
import { readGolden } from './support/days.cts';
import { filesBelow } from './support/files.cts';
import { factsOf } from './support/facts/facts.cts';

interface Golden {
	cases: Array<{
		name: string;
		/** By the names of the form fields, as a workflow saves them. */
		parameters: IDataObject;
		/** The file of an input item, as text. */
		file?: { text: string; fileName: string };
		request: PlainRequest;
	}>;
}

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

beforeEach(() => {
	wechatPay.reset();
});

afterEach(async () => {
	await wechatPay.stop();
});

const binaryOf = ({ text, fileName }: { text: string; fileName: string }) => ({
	data: Buffer.from(text).toString('base64'),
	mimeType: 'application/octet-stream',
	fileName,
});

const goldenFiles = filesBelow('test/golden').map((file) => ({
	key: file.slice('test/golden/'.length, -'.json'.length),
	file,
}));

describe.each(goldenFiles)('$key', ({ key, file }) => {
	const [resource, value] = key.split('.');
	const operation = operationOf(resource, value);
	const { cases } = readGolden<Golden>(file);

	it('has its parameters where the form has them', () => {
		for (const { parameters } of cases) {
			expect(parameters).toEqual(inPlace(resource, value, parameters));
		}
	});

	it.each(cases)('$name', async ({ name, parameters, file: upload, request }) => {
		if (!operation) throw new Error(`${file} belongs to no operation`);
		wechatPay.addOrder({ out_trade_no: ORDER, transaction_id: ORDER });
		if (!operation.isFree) arrange(wechatPay, factsOf(operation).id);
		wechatPay.prepareBonus({ card_id: CARD, code: CODE, ...COMMIT_BODY });
		wechatPay.addMember({ card_id: CARD, code: 'of-openid', openid: 'o-member' });
		const execution = await runOperation({
			resource,
			operation: value,
			parameters,
			items: [{ json: {}, ...(upload ? { binary: { data: binaryOf(upload) } } : {}) }],
			options: { retries: 0 },
			credential: wechatPay.credential({ brandId: '1004', appid: 'wxea9c30890f48d5ae' }),
		});

		const failures = execution.json(WECHAT, ERROR).map(({ error }) => error);
		// A file is downloaded at the address that the response gave.
		const requests = wechatPay.requests.filter(
			({ url }) => !/^\/v3\/(transfer)?billdownload\//.test(url),
		);
		const last = requests.at(-1);
		if (!last) throw new Error(`Nothing was sent: ${JSON.stringify(failures)}`);
		// Where something is read first, that is one request more.
		expect(requests.length).toBeLessThanOrEqual(operation.readFirst ? 2 : 1);
		expect(plainRequest(last)).toEqual(request);
		if (name !== cases[0].name) return;
		expect(failures).toEqual([]);
		expect(execution.json(WECHAT, SUCCESS).length).toBeGreaterThan(0);
	});
});

it('has a golden file for every operation', () => {
	const keys = resources.flatMap((resource) =>
		resource.operations.map(({ value }) => `${resource.value}.${value}`),
	);
	expect(goldenFiles.map(({ key }) => key).sort()).toEqual(keys.sort());
});
