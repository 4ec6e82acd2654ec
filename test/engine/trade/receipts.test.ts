/** Transfer: Download Receipt: the PDF that WeChat Pay promised, or word of when to come back. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { fileOfBinary } from '../../support/engine/binary.cts';
import { ERROR, runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';
import { skipDeadlines } from '../../support/engine/skipWaits.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import type { Receipt } from '../../support/fake/trade/transfers.cts';

skipDeadlines();

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await fake.stop();
});

const PDF = Buffer.from('%PDF-1.7\n回单\n%%EOF');

/** A transfer that was paid, with its receipt. */
function paid(receipt: Partial<Receipt> = {}): void {
	fake.addTransfer({
		out_bill_no: 'T1',
		state: 'SUCCESS',
		receipt: { state: 'FINISHED', created_at: 0, pdf: PDF, ...receipt },
	});
}

interface Came {
	items: INodeExecutionData[];
	failures: IDataObject[];
	/** All that the execution keeps, as text. */
	kept: string;
}

async function download(numbers = ['T1']): Promise<Came> {
	const execution = await runOperation({
		resource: 'transfer',
		operation: 'downloadReceipt',
		parameters: { outBillNo: '={{ $json.number }}', binaryPropertyName: 'receipt' },
		credential: fake.credential(),
		items: numbers.map((number) => ({ json: { number } })),
		options: { retries: 1 },
	});
	return {
		items: execution.items(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
		kept: JSON.stringify(execution.run.data),
	};
}

const isDownload = ({ url }: { url: string }) => url.includes('elecvoucherfile');
const downloads = () => fake.requests.filter(isDownload);

it.each(['SHA256', 'SM3'] as const)(
	'is the PDF, byte for byte, once its %s has been checked',
	async (hash_type) => {
		paid({ hash_type });
		const { items, failures, kept } = await download();

		expect(failures).toEqual([]);
		expect(items).toMatchObject([{ pairedItem: { item: 0 } }]);
		const [{ json, binary }] = items;
		expect(json).toEqual({ out_bill_no: 'T1', request_id: expect.any(String) });
		expect(Object.keys(binary ?? {})).toEqual(['receipt']);
		expect(binary?.receipt).toMatchObject({
			fileName: 'receipt-T1.pdf',
			mimeType: 'application/pdf',
			fileExtension: 'pdf',
		});
		expect(await fileOfBinary(binary?.receipt)).toEqual(PDF);
		const [{ url, headers }] = downloads();
		expect(headers.authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 /);
		expect(kept).not.toContain(url.split('token=')[1]);
	},
);

it('says when to come back while it is being made, and gives it then', async () => {
	paid({ state: 'GENERATING' });
	const { items, failures } = await download();

	expect(items).toEqual([]);
	expect(failures).toMatchObject([{ outcome: 'refused', code: 'GENERATING', repeatable: true }]);
	expect(failures[0].message).toContain('still making the file');
	expect(failures[0].message).toContain('again in 10 minutes');
	expect(downloads()).toEqual([]);

	fake.reset();
	paid();
	expect((await download()).items).toHaveLength(1);
});

it('says that there will be none where WeChat Pay could not make it', async () => {
	paid({ state: 'FAILED' });
	const { items, failures } = await download();

	expect(items).toEqual([]);
	expect(failures).toMatchObject([{ outcome: 'refused', code: 'FAILED', repeatable: false }]);
	expect(failures[0].message).toContain("sent with 'User Name'");
});

it('has to be asked for first', async () => {
	paid();
	fake.addTransfer({ out_bill_no: 'T2', state: 'SUCCESS' });
	const { items, failures } = await download(['T2', 'T1']);

	expect(items).toMatchObject([{ json: { out_bill_no: 'T1' }, pairedItem: { item: 1 } }]);
	expect(failures).toMatchObject([{ outcome: 'refused', code: 'RESOURCE_NOT_EXISTS' }]);
	expect(failures[0].message).toContain('Transfer: Create Receipt');
});

it('is handed on only as what was promised', async () => {
	paid();
	fake.misbehave({ fault: 'tampered-body', times: 2, when: isDownload });
	const { items, failures, kept } = await download();

	expect(items).toEqual([]);
	expect(failures).toMatchObject([{ outcome: 'unknown', code: 'WRONG_FILE', repeatable: true }]);
	expect(downloads()).toHaveLength(2);
	expect(kept).not.toContain(PDF.toString('base64'));
});

it('is not believed where the response that names it was not signed by WeChat Pay', async () => {
	paid();
	fake.misbehave({ fault: 'bad-signature', times: Infinity });
	const { items, failures } = await download();

	expect(items).toEqual([]);
	expect(failures).toMatchObject([{ outcome: 'unknown', code: 'BAD_SIGNATURE' }]);
	expect(downloads()).toEqual([]);
});

it.each([
	'https://evil.example',
	'http://api.mch.weixin.qq.com',
	'https://mch.weixin.qq.com.evil.example',
])('is not fetched from %s', async (origin) => {
	paid();
	fake.setBills({ origin });
	const { items, failures } = await download();

	expect(items).toEqual([]);
	expect(failures).toMatchObject([{ outcome: 'unknown', code: 'ADDRESS_REFUSED' }]);
	expect(downloads()).toEqual([]);
});

it('is asked for anew, once, where its address has expired', async () => {
	paid();
	fake.setBills({ lifetime: 0 });
	const { items, failures } = await download();

	expect(items).toEqual([]);
	expect(fake.requests.map(isDownload)).toEqual([false, true, false, true]);
	expect(failures).toMatchObject([{ outcome: 'refused', code: 'INVALID_REQUEST' }]);
});

it.each(['a_1', '', '转账'])('%p is no number', async (number) => {
	const { failures } = await download([number]);

	expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'out_bill_no' }]);
	expect(fake.requests).toEqual([]);
});
