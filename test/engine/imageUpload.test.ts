/** Image: Upload sends a file of the input item; only its description is signed. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { PNG } from '../support/fake/rules/upload.cts';

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await wechatPay.stop();
});

const JPG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const BMP = Buffer.from('BM rest');

const fileOf = (bytes: Buffer, fileName?: string) => ({
	data: bytes.toString('base64'),
	mimeType: 'image/png',
	fileName,
});

function file(bytes: Buffer, fileName?: string): INodeExecutionData {
	return { json: { shop: 1 }, binary: { data: fileOf(bytes, fileName) } };
}

async function upload(items: INodeExecutionData[], parameters: IDataObject = {}) {
	const execution = await runOperation({
		resource: 'image',
		operation: 'upload',
		parameters: { binaryPropertyName: 'data', ...parameters },
		items,
		credential: wechatPay.credential(),
		options: { retries: 1 },
	});
	return {
		done: execution.json(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
		failedItems: execution.items(WECHAT, ERROR),
	};
}

const LARGEST = 2 * 1024 * 1024;

const good: Array<[string, Buffer, string | undefined, string]> = [
	['PNG', PNG, 'logo.png', 'logo.png'],
	['JPG', JPG, 'photo.jpeg', 'photo.jpg'],
	['BMP', BMP, 'old.bmp', 'old.bmp'],
	['an image with the suffix of another kind', PNG, 'logo.jpg', 'logo.png'],
	['an image without a name', PNG, '', 'image.png'],
	['an image that was never a file', PNG, undefined, 'image.png'],
	['a name with dots', PNG, 'my.old.photo.png', 'my_old_photo.png'],
	['2 MB', Buffer.concat([PNG, Buffer.alloc(LARGEST - PNG.length)]), 'a.png', 'a.png'],
	['a Chinese name with quotes', PNG, '标志"a\r\nb".png', '_a_b_.png'],
	[
		'bytes that look like the end of the form',
		Buffer.concat([PNG, Buffer.from('\r\n--')]),
		'a.png',
		'a.png',
	],
];

it.each(good)('takes %s', async (_name, bytes, fileName, filename) => {
	const { done, failures } = await upload([file(bytes, fileName)]);

	expect(failures).toEqual([]);
	expect(wechatPay.images).toMatchObject([{ filename }]);
	expect(wechatPay.images[0].bytes.equals(bytes)).toBe(true);
	expect(done).toEqual([
		{
			success: true,
			filename,
			media_url: wechatPay.images[0].media_url,
			request_id: expect.any(String),
		},
	]);
});

it('repeats with the same bytes after a response that was lost', async () => {
	wechatPay.misbehave({ fault: 'reset-after' });
	const { failures } = await upload([file(PNG, 'logo.png')]);

	expect(failures).toEqual([]);
	const [first, second] = wechatPay.requests;
	expect(second.rawBody.equals(first.rawBody)).toBe(true);
});

describe('refuses before anything is sent', () => {
	const bad: Array<[string, INodeExecutionData, IDataObject, string]> = [
		['an item without a file', { json: {} }, {}, 'this item has no file'],
		[
			'another field',
			file(PNG, 'a.png'),
			{ binaryPropertyName: 'logo' },
			"names 'logo', which this item does not have: it has data",
		],
		[
			'another field than those',
			{ json: {}, binary: { data: fileOf(PNG), more: fileOf(PNG) } },
			{ binaryPropertyName: 'logo' },
			'it has data, more [item 0]',
		],
		[
			'a field of a prototype',
			file(PNG, 'a.png'),
			{ binaryPropertyName: 'constructor' },
			"names 'constructor'",
		],
		['no name of a field', file(PNG, 'a.png'), { binaryPropertyName: '={{ "" }}' }, 'is empty'],
		[
			'a file that is no image',
			file(Buffer.from('%PDF-1.7'), 'logo.png'),
			{},
			'must hold a JPG, PNG or BMP',
		],
		['an empty file', file(Buffer.from(''), 'logo.png'), {}, 'must hold a JPG, PNG or BMP'],
		[
			'more than 2 MB',
			file(Buffer.concat([PNG, Buffer.alloc(LARGEST)]), 'logo.png'),
			{},
			'holds an image of 2.0 MB, WeChat Pay takes up to 2 MB',
		],
	];

	it.each(bad)('%s', async (_name, item, parameters, message) => {
		const { done, failures } = await upload([item], parameters);

		expect(done).toEqual([]);
		expect(failures).toMatchObject([
			{ outcome: 'not_sent', field: 'file', message: expect.stringContaining(message) },
		]);
		expect(wechatPay.counts.received).toBe(0);
	});
});

describe('an upload that fails keeps the file of its input', () => {
	it.each([
		['where nothing was sent', Buffer.from('%PDF-1.7'), undefined],
		['where the outcome is open', PNG, 'bad-signature'],
	] as const)('%s', async (_, bytes, fault) => {
		if (fault) wechatPay.misbehave({ fault, times: Infinity });
		const item = file(bytes, 'logo.png');
		const { failedItems } = await upload([item]);
		expect(failedItems).toHaveLength(1);
		expect(failedItems[0].binary).toMatchObject({ data: { data: bytes.toString('base64') } });
	});
});
