/** Transfers: nobody paid twice, and no item that hides what WeChat Pay has under its number. */
import type { IDataObject } from 'n8n-workflow';

import { restartProcess } from '../../support/engine/restartProcess.cts';
import { skipWaits } from '../../support/engine/skipWaits.cts';
import { ERROR, runOperation, WECHAT } from '../../support/engine/operation.cts';
import { MERCHANT, PLATFORM_A } from '../../support/fake/keys.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { APPID, run } from './scene.cts';

skipWaits();

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await FakeWechatPay.start({ tls: false });
});

afterEach(async () => {
	await fake.stop();
});

/** An expression that gives nothing, which n8n's own check of required fields cannot see. */
const BLANK = '={{ " " }}';
const DAY = 24 * 60 * 60;
const NAME = '张三丰';
const ACTIVITY = { activityName: '注册会员有礼', rewardReason: '消费返现' };

const transferOf = (more: IDataObject = {}): IDataObject => ({
	outBillNo: 'T1',
	openid: 'member1',
	transferAmount: 100,
	transferRemark: '返现',
	...ACTIVITY,
	...more,
});
const named = (more: IDataObject = {}) =>
	transferOf({ additionalFields: { userName: NAME }, ...more });
const create = async (parameters: IDataObject = transferOf(), retries = 0) =>
	await run(fake, 'transfer.create', parameters, { retries });
const get = async () => await run(fake, 'transfer.get', { outBillNo: 'T1' });
const methods = () => fake.requests.map(({ method }) => method);
const posts = () => fake.requests.filter(({ method }) => method === 'POST');
const isPost = ({ method }: { method: string }) => method === 'POST';
const isGet = ({ method }: { method: string }) => method === 'GET';
const ago = (days: number) => Math.floor(Date.now() / 1000) - days * DAY;
const refuse = (code: string, message: string, accepts: boolean, status = 400) =>
	fake.refuseTransfer({ status, code, message, accepts });

describe('a transfer that WeChat Pay took (T5)', () => {
	it('is pending until the user confirms, with the call that lets the user do so', async () => {
		const { done } = await create();
		expect(done).toMatchObject([
			{
				success: true,
				pending: true,
				state: 'WAIT_USER_CONFIRM',
				out_bill_no: 'T1',
				confirm: { mchId: MERCHANT.mchid, appId: APPID, package: done[0].package_info },
			},
		]);
		expect(methods()).toEqual(['POST']);
		expect(done[0]).not.toHaveProperty('transferred_earlier');
		expect((await get()).done).toMatchObject([{ pending: true, state: 'WAIT_USER_CONFIRM' }]);
		fake.moveTransfer('T1', { state: 'SUCCESS' });
		const { done: paid } = await get();
		expect(paid).toMatchObject([{ state: 'SUCCESS' }]);
		expect(paid[0]).not.toHaveProperty('pending');
	});

	it.each(['ACCEPTED', 'PROCESSING', 'TRANSFERING', 'CANCELING'] as const)(
		'is pending while %s, and has nothing to confirm',
		async (state) => {
			fake.setTransferState(state);
			const { done } = await create();
			expect(done).toMatchObject([{ success: true, pending: true, state }]);
			expect(done[0]).not.toHaveProperty('confirm');
		},
	);

	it.each(['FAIL', 'CANCELLED'] as const)('and that is %s leaves by Error', async (state) => {
		fake.setTransferState(state);
		const { done, failures } = await create();
		expect(done).toEqual([]);
		expect(failures).toMatchObject([{ outcome: 'refused', code: state, repeatable: false }]);
		expect(failures[0].message).toContain("this 'Bill Number' is used up");
		expect(methods()).toEqual(['POST']);
	});

	it('is found by its own number, too', async () => {
		const { done } = await create();
		const transferBillNo = done[0].transfer_bill_no;
		const found = await run(fake, 'transfer.getByTransferBillNo', { transferBillNo });
		expect(found.done).toMatchObject([{ out_bill_no: 'T1', transfer_amount: 100 }]);
	});
});

describe('a failure says what a query found (T1)', () => {
	it.each([
		'reset-after',
		'system-error',
		'stall',
		'bad-signature',
		'test-signature',
		'unknown-serial',
		'missing-signature',
	] as const)('%s: the transfer is there; the same bytes again are one transfer', async (fault) => {
		fake.misbehave({ fault, when: isPost });
		const { done, failures } = await run(fake, 'transfer.create', named(), {
			retries: 0,
			timeout: 1000,
		});
		expect(done).toEqual([]);
		expect(failures).toMatchObject([
			{
				outcome: 'unknown',
				repeatable: true,
				found: { state: 'WAIT_USER_CONFIRM', out_bill_no: 'T1', transfer_amount: 100 },
			},
		]);
		expect(failures[0].message).toMatch(/WAIT_USER_CONFIRM.*never under another number/);
		expect(methods()).toEqual(['POST', 'GET']);
		expect((await create(named())).done).toMatchObject([{ success: true, pending: true }]);
		expect(posts()[1].body).toBe(posts()[0].body);
		expect(fake.transfers).toHaveLength(1);
	});

	it('a response that cannot be checked, nor the query: keep the number', async () => {
		fake.misbehave({ fault: 'unknown-serial', times: 9 });
		const { failures } = await create();
		expect(failures).toMatchObject([{ outcome: 'unknown', repeatable: true, found: 'not known' }]);
		expect(failures[0].message).toMatch(/reports success.*Transfer: Get.*Keep the number\./);
		expect(fake.transfers).toHaveLength(1);
	});

	it.each([
		['PARAM_ERROR', 400, false],
		['INVALID_REQUEST', 400, false],
		['NO_AUTH', 403, true],
		['SIGN_ERROR', 401, true],
		['NOT_ENOUGH', 403, true],
	])('%s that made a transfer all the same is not "refused"', async (code, status, repeatable) => {
		refuse(code, '系统繁忙', true, status);
		const { failures } = await create();
		expect(failures).toMatchObject([
			{ outcome: 'unknown', code, repeatable, found: { state: 'WAIT_USER_CONFIRM' } },
		]);
		expect(failures[0].message).not.toMatch(/refused/);
		expect(failures[0].description).toContain('WeChat Pay refused');
	});

	it.each([
		['INVALID_REQUEST', 400, '超过单笔转账上下限', true, 'Raise the limit'],
		['INVALID_REQUEST', 400, '用户姓名与收款微信实名不一致', false, 'keep the number'],
		['INVALID_REQUEST', 400, '此IP地址不允许调用接口，请按开发指引设置', true, 'IP address'],
		['NOT_ENOUGH', 403, '余额不足', true, 'Top up'],
	])(
		'%s %d %s: refused, and still no word of a new number',
		async (code, status, words, again, wayOut) => {
			refuse(code, words, false, status);
			const { failures } = await create();
			expect(failures).toMatchObject([
				{ outcome: 'refused', code, repeatable: again, found: 'not found' },
			]);
			expect(failures[0].message).toContain(wayOut);
			expect(failures[0].message).toMatch(/ Keep the number\. \[item 0\]$/);
			expect(failures[0].message).not.toContain('new');
			expect(String(failures[0].message).length).toBeLessThanOrEqual(250 + ' [item 0]'.length);
		},
	);

	it('a refusal without a clear query is unknown', async () => {
		refuse('PARAM_ERROR', '参数错误', true);
		fake.misbehave({ fault: 'reset-before', when: isGet, times: 9 });
		const { failures } = await create();
		expect(failures).toMatchObject([{ outcome: 'unknown', found: 'not known' }]);
	});

	it.each(['FAIL', 'CANCELLED'] as const)('only %s allows another number', async (state) => {
		fake.setTransferState(state);
		fake.misbehave({ fault: 'reset-after', when: isPost });
		const { failures } = await create();
		expect(failures).toMatchObject([{ outcome: 'refused', repeatable: false, found: { state } }]);
		expect(failures[0].message).toContain('another transfer needs a new one');
		const again = await create(transferOf({ outBillNo: 'T2' }));
		expect(again.failures).toMatchObject([{ code: state }]);
	});

	it('a 429 leaves it open', async () => {
		fake.misbehave({ fault: 'rate-limit', when: isPost, times: 9 });
		const { failures } = await create();
		expect(failures).toMatchObject([
			{ outcome: 'unknown', http_status: 429, repeatable: true, found: 'not found' },
		]);
	});

	it('nothing is asked where nothing was sent', async () => {
		const { failures } = await create(transferOf({ transferAmount: 9 }));
		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'transfer_amount' }]);
		expect(fake.requests).toEqual([]);
	});
});

describe('the name (T2)', () => {
	it('is encrypted, and shown nowhere', async () => {
		fake.misbehave({ fault: 'reset-after', when: isPost });
		const lost = await create(named());
		const { done } = await create(named());
		const { done: found } = await run(fake, 'transfer.get', {
			outBillNo: 'T1',
			options: { simplify: false },
		});
		expect(fake.transfers).toMatchObject([{ user_name: NAME }]);
		const shown = JSON.stringify([
			lost,
			done,
			found,
			fake.requests.map(({ url, body, headers }) => [url, body, headers]),
		]);
		expect(shown).not.toContain(NAME);
		expect(shown).not.toContain(encodeURIComponent(NAME));
	});

	it.each([
		[29, NAME, /'User Name' must be empty below 30 fen/],
		[200_000, '', /'User Name' is empty: .*200,000 fen/],
	])('%d fen with "%s" is not sent', async (transferAmount, userName, words) => {
		const { failures } = await create(
			transferOf({ transferAmount, additionalFields: { userName } }),
		);
		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'user_name' }]);
		expect(failures[0].message).toMatch(words);
		expect(fake.requests).toEqual([]);
	});

	it.each([
		[10, ''],
		[30, NAME],
		[199_999, ''],
		[200_000, NAME],
	])('%d fen with "%s" is taken', async (transferAmount, userName) => {
		const { done } = await create(transferOf({ transferAmount, additionalFields: { userName } }));
		expect(done).toMatchObject([{ success: true }]);
	});
});

it.each([
	{ verification: 'publicKey' },
	// On the way from certificates to the public key.
	{ verification: 'both' },
	{ verification: 'platformCertificate', publicKey: '', publicKeyId: '' },
])(
	'names the key that also verifies in every call of the family (T3): $verification',
	async (mode) => {
		const isCertificate = mode.verification === 'platformCertificate';
		if (isCertificate) fake.setKeys({ signs: 'platformCertificate' });
		const credential = fake.credential({ appid: APPID, ...mode } as Record<string, string>);
		const calls: Array<[operation: string, parameters: IDataObject]> = [
			['create', transferOf()],
			['get', { outBillNo: 'T1' }],
			['cancel', { outBillNo: 'T1' }],
			['createReceipt', { outBillNo: 'T2' }],
			['getReceipt', { outBillNo: 'T2' }],
			['downloadReceipt', { outBillNo: 'T3', binaryPropertyName: 'data' }],
		];
		for (const out_bill_no of ['T2', 'T3']) {
			fake.addTransfer({ out_bill_no, state: 'SUCCESS', user_name: NAME });
		}
		fake.moveTransfer('T3', { state: 'SUCCESS', receipt: { state: 'FINISHED', created_at: 0 } });
		for (const [operation, parameters] of calls) {
			const execution = await runOperation({
				resource: 'transfer',
				operation,
				parameters,
				credential,
				options: { retries: 0 },
			});
			expect(execution.json(WECHAT, ERROR)).toEqual([]);
		}
		const sent = fake.requests.filter(({ url }) => !url.startsWith('/v3/certificates'));
		const serials = sent.map(({ headers }) => headers['wechatpay-serial']);
		const named = isCertificate ? PLATFORM_A.serial : credential.publicKeyId;
		expect(serials).toEqual(Array(calls.length + 1).fill(named));
	},
);

describe('the scene (T4)', () => {
	const other = (sceneId: string, texts: string[], more: IDataObject = {}) =>
		transferOf({
			transferSceneId: 'other',
			sceneId,
			transferSceneReportInfos: {
				values: texts.map((infoType) => ({ infoType, infoContent: '示例' })),
			},
			...more,
		});

	it.each([
		['without a content', transferOf({ rewardReason: BLANK }), "'Reward Reason' is empty"],
		['with one entry', other('1000', ['活动名称']), 'lacks 奖励说明'],
		['with 活动名称 misspelt', other('1000', ['活动名字', '奖励说明']), 'has 活动名字'],
		['with the entries of 1005', other('1000', ['岗位类型', '报酬说明']), '岗位类型, 报酬说明'],
		['with an entry twice', other('1002', ['补贴类型', '补贴类型']), 'there twice'],
		[
			'with the reason of another scene',
			other('1000', ['活动名称', '奖励说明'], { userRecvPerception: '货款' }),
			"'Reason Shown' must be one of 活动奖励, 现金奖励",
		],
		['without its number', other(BLANK, ['x']), "'Scene ID' is empty"],
		['without a report', other('1006', []), "'Scene Report' is empty"],
		[
			'with a red packet of 200.01 yuan',
			transferOf({
				transferAmount: 20_001,
				additionalFields: { userRecvStyle: { value: { type: 'RED_PACKET' } } },
			}),
			'20,000 fen',
		],
		[
			'with a red packet for goods',
			transferOf({
				transferSceneId: '1009',
				goodsPurchased: '苹果',
				additionalFields: { userRecvStyle: { value: { type: 'RED_PACKET' } } },
			}),
			'scene 1009',
		],
	])('%s is not sent', async (_, parameters, words) => {
		const { failures } = await create(parameters);
		expect(failures).toMatchObject([{ outcome: 'not_sent' }]);
		expect(failures[0].message).toContain(words);
		expect(fake.requests).toEqual([]);
	});

	it.each([
		['1002', { subsidyType: 'x', perception1002: '行政奖励' }],
		['1004', { insuranceFilingNo: 'x', insuranceName: 'x', insuranceClaimNo: 'x' }],
		['1005', { positionType: 'x', payDetails: 'x', perception1005: '开工利是' }],
		['1009', { goodsPurchased: 'x' }],
		['1010', { goodsRecycled: 'x' }],
		['1011', { compensationReason: 'x', perception1011: '商家赔付' }],
		['1013', { charityActivity: 'x', charityFilingNo: 'x' }],
	])('%s has the texts that WeChat Pay wants', async (transferSceneId, contents) => {
		const { done } = await create(transferOf({ transferSceneId, ...contents }));
		expect(done).toMatchObject([{ success: true }]);
	});

	it('that the form does not know is sent as it was filled in', async () => {
		const { done } = await create(other('1006', ['报销事由']));
		expect(done).toMatchObject([{ success: true }]);
		expect(posts()[0].body).toContain('"transfer_scene_id":"1006"');
	});
});

describe('a number that was used before (T6)', () => {
	it('with other values is refused by name while the process knows of it', async () => {
		await create();
		const { failures } = await create(transferOf({ transferAmount: 200 }));
		expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'out_bill_no' }]);
		expect(fake.transfers).toMatchObject([{ transfer_amount: 100 }]);
	});

	it('with other values is told apart after a restart', async () => {
		await create();
		restartProcess();
		const { failures } = await create(transferOf({ transferAmount: 200 }));
		expect(failures).toMatchObject([
			{ outcome: 'unknown', repeatable: false, found: { transfer_amount: 100 } },
		]);
		expect(failures[0].message).toMatch(
			/one with another 'transfer_amount'.*a 'Bill Number' of its own/,
		);
	});

	it('two days ago is not read as a new transfer', async () => {
		await create();
		restartProcess();
		fake.moveTransfer('T1', { state: 'WAIT_USER_CONFIRM', created_at: ago(2) });
		const { done } = await create();
		expect(done).toMatchObject([{ transferred_earlier: true, pending: true }]);
		expect(fake.transfers).toHaveLength(1);
	});

	it('on the fourth day: unknown, not repeatable, a new number only after FAIL or CANCELLED', async () => {
		await create();
		restartProcess();
		fake.moveTransfer('T1', { state: 'TRANSFERING', created_at: ago(3) });
		const { failures } = await create();
		expect(failures).toMatchObject([
			{ outcome: 'unknown', repeatable: false, found: { state: 'TRANSFERING' } },
		]);
		expect(failures[0].description).toContain('a new number only after FAIL or CANCELLED');
		expect(fake.transfers).toHaveLength(1);
	});

	it('and is paid: not confirmed by the response, and said', async () => {
		await create();
		restartProcess();
		fake.moveTransfer('T1', { state: 'SUCCESS' });
		const { failures } = await create();
		expect(failures).toMatchObject([
			{
				outcome: 'unknown',
				code: 'ALREADY_EXISTS',
				repeatable: false,
				found: { state: 'SUCCESS' },
			},
		]);
		expect(failures[0].message).toContain('leave this item out');
	});

	it('stays the same for values that were corrected, or once there is money', async () => {
		refuse('INVALID_REQUEST', '用户姓名与收款微信实名不一致', false);
		await create(named());
		fake.setBalance(10);
		const corrected = named({ additionalFields: { userName: '张三' } });
		const { failures } = await create(corrected);
		expect(failures).toMatchObject([
			{ outcome: 'refused', code: 'NOT_ENOUGH', repeatable: true, found: 'not found' },
		]);
		fake.setBalance(1000);
		expect((await create(corrected)).done).toMatchObject([{ success: true }]);
		expect(fake.transfers).toMatchObject([{ out_bill_no: 'T1', user_name: '张三' }]);
	});

	it.each(['a_1', 'A-1', 'a|1', '转账', 'T'.repeat(33), BLANK])(
		'%p is no number',
		async (outBillNo) => {
			const { failures } = await create(transferOf({ outBillNo }));
			expect(failures).toMatchObject([{ outcome: 'not_sent', field: 'out_bill_no' }]);
			expect(fake.requests).toEqual([]);
		},
	);
});

describe('a cancel', () => {
	const cancel = async () => await run(fake, 'transfer.cancel', { outBillNo: 'T1' });

	it('is pending: the transfer can still be paid', async () => {
		await create();
		expect((await cancel()).done).toMatchObject([
			{ success: true, pending: true, state: 'CANCELING' },
		]);
		fake.moveTransfer('T1', { state: 'SUCCESS' });
		expect((await get()).done).toMatchObject([{ state: 'SUCCESS' }]);
	});

	it('is done with CANCELLED, and refused for what is paid', async () => {
		await create();
		fake.moveTransfer('T1', { state: 'CANCELLED' });
		const { done } = await cancel();
		expect(done).toMatchObject([{ success: true, state: 'CANCELLED' }]);
		expect(done[0]).not.toHaveProperty('pending');
		fake.moveTransfer('T1', { state: 'SUCCESS' });
		expect((await cancel()).failures).toMatchObject([{ outcome: 'refused' }]);
	});
});

it('has a receipt where it was paid under a name', async () => {
	await create(named());
	const ask = async () => await run(fake, 'transfer.createReceipt', { outBillNo: 'T1' });
	const look = async () => await run(fake, 'transfer.getReceipt', { outBillNo: 'T1' });
	expect((await look()).failures).toMatchObject([{ code: 'RESOURCE_NOT_EXISTS' }]);
	expect((await ask()).failures).toMatchObject([{ outcome: 'refused' }]);
	fake.moveTransfer('T1', { state: 'SUCCESS' });
	expect((await ask()).done).toMatchObject([{ pending: true, state: 'GENERATING' }]);
	expect((await look()).done).toMatchObject([{ pending: true, state: 'GENERATING' }]);
});
