/** Bills: asked for, downloaded, checked, and made into items or a file. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { aDay, chinaDaysAgo, chinaSeconds } from '../support/days.cts';
import { MERCHANT } from '../support/fake/keys.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { skipDeadlines } from '../support/engine/skipWaits.cts';
import { fileOfBinary } from '../support/engine/binary.cts';

skipDeadlines();

let wechatPay: FakeWechatPay;

const DAY = aDay();

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await wechatPay.stop();
});

/** An order of 1000, of which 900 were paid, and a refund of 300 of it. */
function trade(): void {
	wechatPay.addOrder({
		success_time: chinaSeconds(DAY, '10:00:00'),
		out_trade_no: 'S-1',
		transaction_id: 'T-1',
		total: 1000,
		payer_total: 900,
	});
	wechatPay.addRefund({
		created_at: chinaSeconds(DAY, '11:00:00'),
		out_trade_no: 'S-1',
		refund_id: 'R-1',
		out_refund_no: 'R-S-1',
		refund: 300,
	});
}

async function get(
	parameters: IDataObject = {},
	{
		operation = 'getTradeBill',
		items = [{ json: {} }],
		...options
	}: IDataObject & { operation?: string; items?: INodeExecutionData[] } = {},
) {
	const execution = await runOperation({
		resource: 'bill',
		operation,
		parameters: { billDate: DAY, ...parameters },
		credential: wechatPay.credential(),
		items,
		options: { retries: 1, ...options },
	});
	return {
		rows: execution.json(WECHAT, SUCCESS),
		items: execution.items(WECHAT, SUCCESS),
		failures: execution.json(WECHAT, ERROR).map(({ error }) => error as IDataObject),
		hints: (execution.run.data.resultData.runData[WECHAT][0].hints ?? []).map(
			({ message }) => message,
		),
		all: JSON.stringify(execution.run.data),
	};
}

const isDownload = ({ url }: { url: string }) => url.startsWith('/v3/billdownload/');
const downloads = () => wechatPay.requests.filter(isDownload);
const asked = () => wechatPay.requests.filter((request) => !isDownload(request));

describe('a trade bill', () => {
	it('gives one item for each row: names of the API, fen, times with their offset', async () => {
		trade();
		const { rows, items, failures } = await get();

		expect(failures).toEqual([]);
		expect(rows).toEqual([
			{
				bill_date: DAY,
				trade_time: `${DAY}T10:00:00+08:00`,
				appid: 'wxd678efh567hg6787',
				mchid: MERCHANT.mchid,
				transaction_id: 'T-1',
				out_trade_no: 'S-1',
				openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
				trade_type: 'JSAPI',
				trade_state: 'SUCCESS',
				bank_type: 'OTHERS',
				currency: 'CNY',
				settlement_total: 900,
				coupon_amount: 100,
				settlement_refund: 0,
				coupon_refund: 0,
				description: '咖啡',
				fee: 5,
				rate: '0.60%',
				total: 1000,
				refund: 0,
			},
			expect.objectContaining({
				trade_state: 'REFUND',
				refund_id: 'R-1',
				out_refund_no: 'R-S-1',
				settlement_refund: 270,
				coupon_refund: 30,
				refund: 300,
				refund_type: 'ORIGINAL',
				// As it was when the bill was made (B6).
				refund_status: 'PROCESSING',
				fee: -2,
			}),
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('asks signed, downloads signed, and believes the unsigned file by its SHA-1 (B1)', async () => {
		trade();
		const { all } = await get();

		expect(wechatPay.requests.map(({ status }) => status)).toEqual([200, 200]);
		const [{ url, headers }] = downloads();
		expect(headers.authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 /);
		const [, token] = /token=(.+)$/.exec(url) ?? [];
		expect(token).toMatch(/^[\w-]{32}$/);
		expect(all).not.toContain(token);
	});

	it('adds its totals as an item of their own, if asked to (B5)', async () => {
		trade();
		const { rows } = await get({ includeSummary: true });

		expect(rows).toHaveLength(3);
		expect(rows[2]).toEqual({
			bill_date: DAY,
			summary: {
				trade_count: 2,
				settlement_total: 900,
				settlement_refund: 270,
				coupon_refund: 30,
				fee: 3,
				total: 1000,
				refund: 300,
			},
		});
	});

	it.each([
		['ALL', ['refund_type', 'total']],
		['SUCCESS', ['total']],
		['REFUND', ['refund_create_time', 'refund_type']],
	])('of %s has each value under its own name (B4)', async (billType, names) => {
		trade();
		const { rows } = await get({ billType });

		expect(rows).toHaveLength(billType === 'ALL' ? 2 : 1);
		const row = rows[rows.length - 1];
		expect(Object.keys(row)).toEqual(expect.arrayContaining(names));
		expect(row.description).toBe('咖啡');
		if (billType === 'SUCCESS') {
			expect(Object.keys(row).filter((name) => name.includes('refund'))).toEqual([]);
		}
	});

	it('of the older form leads to the same names; columns that it lacks are absent (B4)', async () => {
		trade();
		wechatPay.setBills({ older: true, byteOrderMark: false, lineEnd: '\n' });
		const { rows, failures } = await get({ includeSummary: true });

		expect(failures).toEqual([]);
		expect(rows[0]).toMatchObject({ settlement_total: 900, coupon_amount: 100 });
		expect(rows[0]).not.toHaveProperty('total');
		expect(rows[1]).toMatchObject({ settlement_refund: 270, coupon_refund: 30 });
		expect(rows[2].summary).toMatchObject({ trade_count: 2, settlement_refund: 270 });
	});

	it('keeps a column that is not known, under its header', async () => {
		trade();
		wechatPay.setBills({ added: { 门店编号: '0042' } });
		const { rows } = await get();

		expect(rows[0]).toMatchObject({ 门店编号: '0042', rate: '0.60%' });
	});

	it.each(['a,b', '`', "it's", '"x"', 'a\\nb', 'a\nb\tc\rd', '\\', ',`', '`,`', '中文，`'])(
		'has the text %j as the merchant gave it, for an order and for a refund',
		async (description) => {
			const time = chinaSeconds(DAY);
			const refund = {
				refund_id: 'R',
				out_refund_no: 'R',
				amount: 1,
				coupon_refund: 0,
				type: 'ORIGINAL',
				status: 'SUCCESS',
			};
			wechatPay.addTrade({ time, description, attach: description });
			wechatPay.addTrade({ time: time + 1, description, attach: description, refund });
			const { rows, failures } = await get();

			expect(failures).toEqual([]);
			expect(rows.map((row) => [row.description, row.attach])).toEqual([
				[description, description],
				[description, description],
			]);
		},
	);
});

describe('a day without trade', () => {
	it('gives no item, and says so; the other days go on (B2)', async () => {
		trade();
		const days = [3, 2, 4].map((ago) => ({ json: { day: chinaDaysAgo(ago) } }));
		const { rows, failures, hints } = await get({ billDate: '={{ $json.day }}' }, { items: days });

		expect(failures).toEqual([]);
		expect(rows.map(({ bill_date: day }) => day)).toEqual([DAY, DAY]);
		// The days are asked for at the same time.
		expect([...hints].sort()).toEqual([
			`WeChat Pay has no bill of ${chinaDaysAgo(4)}: nothing happened on that day [item 2].`,
			`WeChat Pay has no bill of ${chinaDaysAgo(3)}: nothing happened on that day [item 0].`,
		]);
	});

	it('has totals of 0, if they are asked for', async () => {
		const { rows } = await get({ includeSummary: true });

		expect(rows).toEqual([
			{
				bill_date: DAY,
				summary: expect.objectContaining({ trade_count: 0, settlement_total: 0, refund: 0 }),
			},
		]);
	});

	it('is not believed where its signature does not fit', async () => {
		wechatPay.misbehave({ fault: 'bad-signature', times: Infinity });
		const { rows, failures, hints } = await get();

		expect([rows, hints]).toEqual([[], []]);
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'BAD_SIGNATURE' }]);
	});
});

describe('a bill that is not there yet', () => {
	it('is no empty day: it can be asked for again, from 10:00 (B3)', async () => {
		trade();
		wechatPay.setBills({ creating: [DAY] });
		const { rows, failures } = await get();

		expect(rows).toEqual([]);
		expect(failures).toMatchObject([
			{ outcome: 'refused', code: 'STATEMENT_CREATING', repeatable: true },
		]);
		expect(failures[0].message).toContain('after 10:00 in China');
	});

	it.each([
		['today', chinaDaysAgo(0), 'has ended in China'],
		['tomorrow', chinaDaysAgo(-1), 'has ended in China'],
		['half a year ago', chinaDaysAgo(180), 'keeps 3 months'],
		['no day', '2026-02-30', 'must be a day'],
	])('of %s is not asked for', async (_, billDate, words) => {
		const { failures } = await get({ billDate });

		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'bill_date' }]);
		expect(failures[0].message).toMatch(/^'Bill Date' /);
		expect(failures[0].message).toContain(words);
		expect(wechatPay.requests).toEqual([]);
	});

	it('is that of yesterday where no day is given', async () => {
		await get({ billDate: undefined });

		expect(asked()[0].url).toContain(`bill_date=${chinaDaysAgo(1)}`);
	});
});

describe('a file that is not the one that was promised', () => {
	it.each(['tampered-body', 'truncated-body', 'trickle'] as const)(
		'gives neither items nor a file (%s)',
		async (fault) => {
			trade();
			for (const outputAs of ['items', 'file']) {
				wechatPay.misbehave({ fault, times: 2, when: isDownload });
				const { rows, failures, all } = await get({ outputAs, binaryPropertyName: 'data' });

				expect(rows).toEqual([]);
				expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: true }]);
				if (fault === 'tampered-body') expect(failures[0]).toMatchObject({ code: 'WRONG_FILE' });
				for (const { url } of downloads()) expect(all).not.toContain(url.split('token=')[1]);
			}
		},
		20_000,
	);

	it('is asked for once more, and may come then', async () => {
		trade();
		wechatPay.misbehave({ fault: 'tampered-body', when: isDownload });
		const { rows } = await get();

		expect(rows).toHaveLength(2);
		expect([asked().length, downloads().length]).toEqual([1, 2]);
	});

	it('is not looked for elsewhere: no redirect is followed', async () => {
		trade();
		wechatPay.misbehave({ fault: 'redirect', times: Infinity, when: isDownload });
		const { rows, failures } = await get();

		expect(rows).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', http_status: 302 }]);
	});

	it.each([
		'https://evil.example',
		'http://api.mch.weixin.qq.com',
		'https://mch.weixin.qq.com.evil.example',
	])('is not fetched from %s', async (origin) => {
		trade();
		wechatPay.setBills({ origin });
		const { rows, failures, all } = await get();

		expect(rows).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', code: 'ADDRESS_REFUSED' }]);
		expect(downloads()).toEqual([]);
		expect(all).not.toContain('token=');
	});

	it("is fetched through 'Base URL' where the address is that of WeChat Pay's own host", async () => {
		trade();
		wechatPay.setBills({ origin: 'https://api.mch.weixin.qq.com' });
		const { rows } = await get();

		expect(rows).toHaveLength(2);
	});
});

describe('an address that has expired', () => {
	it('is asked for anew, once', async () => {
		trade();
		wechatPay.setBills({ lifetime: 0 });
		const { rows, failures } = await get();

		expect(rows).toEqual([]);
		expect([asked().length, downloads().length]).toEqual([2, 2]);
		expect(failures).toMatchObject([
			{ outcome: 'refused', code: 'INVALID_REQUEST', repeatable: true },
		]);
		expect(failures[0].message).toContain('the address of the file has expired');
	});

	it('may be good then', async () => {
		trade();
		let refused = false;
		wechatPay.setBills({ lifetime: 0 });
		wechatPay.misbehaveBy((request) => {
			if (isDownload(request) && !refused) {
				refused = true;
				return undefined;
			}
			wechatPay.setBills({ lifetime: refused ? 300 : 0 });
			return undefined;
		});
		const { rows } = await get();

		expect(rows).toHaveLength(2);
		expect([asked().length, downloads().length]).toEqual([2, 2]);
	});
});

describe('a file that says something else than it should', () => {
	it.each<[string, (text: string) => string, string]>([
		['without its summary', (text) => text.slice(0, text.indexOf('总交易单数')), 'cut off'],
		[
			'with a row less',
			(text) => text.replace(/\r\n`[^\n]*R-S-1[^\n]*/, ''),
			'counts 2 rows, but it has 1',
		],
		['with a row of too few values', (text) => text.replace(',`CNY', ''), 'values below'],
		[
			'with an amount that is none',
			(text) => text.replace('`9.00', '`9,00'),
			'values below|amount',
		],
		['with an unknown header', (text) => text.replace(/^[^\n]*/, 'a,b'), 'unknown header'],
		['with something behind its summary', (text) => `${text}\`1\r\n`, 'behind its summary'],
		['that is empty', () => '', 'cut off'],
	])('%s gives no item, and can be had as a file', async (_, spoil, words) => {
		trade();
		wechatPay.setBills({ spoil });
		const { rows, failures } = await get();

		expect(rows).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: false }]);
		expect(failures[0].message).toMatch(new RegExp(words));
		expect(failures[0].message).toContain("Set 'Output' to File");

		const { items } = await get({ outputAs: 'file', binaryPropertyName: 'data' });
		expect(items).toHaveLength(1);
	});
});

describe('as a file', () => {
	it('is what WeChat Pay gave, byte for byte, a CSV by name and type (B9)', async () => {
		trade();
		const { items } = await get({ outputAs: 'file', binaryPropertyName: 'bill' });

		expect(items).toHaveLength(1);
		const [{ json, binary }] = items;
		expect(json).toEqual({
			bill_date: DAY,
			request_id: expect.any(String),
		});
		expect(binary?.bill).toMatchObject({
			fileName: `tradebill-${DAY}.csv`,
			fileExtension: 'csv',
			mimeType: 'text/csv',
		});
		const text = fileOfBinary(binary?.bill).toString();
		expect(text).toMatch(/^\uFEFF交易时间,[^`]*\r\n`/);
		expect(text).toContain(',`S-1,');
	});

	it('begins anew where the connection breaks', async () => {
		trade();
		wechatPay.misbehave({ fault: 'truncated-body', when: isDownload });
		const { items } = await get({ outputAs: 'file', binaryPropertyName: 'data' });

		const text = fileOfBinary(items[0].binary?.data).toString();
		expect(text.match(/交易时间/g)).toHaveLength(1);
		expect(downloads()).toHaveLength(2);
	});
});

describe('a fund flow bill', () => {
	const NAMES = { operation: 'getFundFlowBill' };

	it('tells what came in and went out; a remark may hold a separator', async () => {
		const time = chinaSeconds(DAY);
		wechatPay.addFlow({ time, amount: 2, balance: 17, isIncome: false, remark: '缺货,`x,`y' });
		wechatPay.addFlow({ time, amount: 3500, voucher_no: '' });
		const { rows, failures } = await get({ includeSummary: true }, NAMES);

		expect(failures).toEqual([]);
		expect(rows).toEqual([
			{
				bill_date: DAY,
				booking_time: `${DAY}T12:00:00+08:00`,
				business_id: '50000305742018020103387128253',
				flow_id: '1900009231201802015884652186',
				business_name: '交易',
				business_type: '交易',
				flow_type: '支出',
				amount: 2,
				balance: 17,
				applicant: 'system',
				remark: '缺货,`x,`y',
				voucher_no: '1217752501201407033233368018',
			},
			expect.objectContaining({ flow_type: '收入', amount: 3500 }),
			{
				bill_date: DAY,
				summary: {
					flow_count: 2,
					income_count: 1,
					income_amount: 3500,
					expense_count: 1,
					expense_amount: 2,
				},
			},
		]);
		expect(rows[1]).not.toHaveProperty('voucher_no');
		expect(rows[1]).not.toHaveProperty('remark');
	});

	it('has transfers in the account Operation only (B9)', async () => {
		wechatPay.addFlow({ time: chinaSeconds(DAY), account: 'OPERATION', business_name: '商家转账' });
		expect((await get({}, NAMES)).rows).toEqual([]);
		const { rows } = await get({ accountType: 'OPERATION' }, NAMES);
		expect(rows).toMatchObject([{ business_name: '商家转账', account_type: 'OPERATION' }]);
	});
});

describe("a sub-merchant's fund flow bill", () => {
	const SUB = '1900000109';
	const NAMES = { operation: 'getSubMerchantFundFlowBill' };
	const flows = (count: number) => {
		for (let index = 0; index < count; index += 1) {
			wechatPay.addFlow({ time: chinaSeconds(DAY), mchid: SUB, voucher_no: `V-${index}` });
		}
	};

	it.each([
		['one part', { parts: 1 }],
		['three parts, each of which ends in the middle of a line', { parts: 3 }],
		['a key that is written as text', { keyAsText: true }],
	])('of %s is decrypted', async (_, settings) => {
		flows(50);
		wechatPay.setBills(settings);
		const { rows, failures, all } = await get({ subMchid: SUB }, NAMES);

		expect(failures).toEqual([]);
		expect(rows.map(({ voucher_no: number }) => number)).toEqual(
			Array.from({ length: 50 }, (_one, index) => `V-${index}`),
		);
		expect(rows[0]).toMatchObject({ sub_mchid: SUB, account_type: 'BASIC' });
		expect(rows[0]).not.toHaveProperty('algorithm');
		expect(all).not.toContain('encrypt_key');
	});

	it('is decrypted as files, too', async () => {
		flows(50);
		wechatPay.setBills({ parts: 2 });
		const parameters = { subMchid: SUB, outputAs: 'file', binaryPropertyName: 'data' };
		const { items } = await get(parameters, NAMES);

		const { data, data_2: second } = items[0].binary ?? {};
		expect(second.fileName).toBe(`sub-merchant-fundflowbill-${SUB}-${DAY}-BASIC_2.csv`);
		const parts = [fileOfBinary(data), fileOfBinary(second)];
		expect(Buffer.concat(parts).toString()).toMatch(/^\uFEFF记账时间[^]*V-49\r\n资金流水总笔数/);
	});

	it('that was changed on the way gives nothing', async () => {
		flows(1);
		wechatPay.misbehave({ fault: 'tampered-body', times: Infinity, when: isDownload });
		for (const outputAs of ['items', 'file']) {
			const parameters = { subMchid: SUB, outputAs, binaryPropertyName: 'data' };
			const { rows, failures } = await get(parameters, NAMES);
			expect(rows).toEqual([]);
			expect(failures).toMatchObject([{ outcome: 'unknown', code: 'WRONG_FILE' }]);
		}
	});

	it('of a sub-merchant that is not given is not asked for', async () => {
		const { failures } = await get({ subMchid: '={{ "" }}' }, NAMES);
		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'sub_mchid' }]);
	});
});
