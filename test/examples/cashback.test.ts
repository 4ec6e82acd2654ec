import type { IDataObject } from 'n8n-workflow';

import { restartProcess } from '../support/engine/restartProcess.cts';
import { skipWaits } from '../support/engine/skipWaits.cts';
import { FakeWechatPay, type Notified } from '../support/fake/server.cts';
import { notify } from '../unit/WechatPayTrigger/scene.cts';
import { openExample } from './notified.cts';
import { Outside } from './outside.cts';
import { runExample } from './run.cts';

skipWaits();

const FILE = 'cashback-for-members.json';
const BILL = 'cashback7n1';
const ANY = expect.any(String) as string;

let wechatPay: FakeWechatPay;
let outside: Outside;
/** The cashback as the database has it. */
let row: IDataObject;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	row = { cashback_id: '7', bill_no: BILL, openid: 'anna', amount_fen: 500, status: 'pending' };
	outside = new Outside({ rows: [row] });
});

afterEach(async () => {
	await wechatPay.stop();
});

/** An hour later. @returns what was written to the database */
async function hour(): Promise<Outside['queries']> {
	outside.queries = {};
	const execution = await runExample({
		file: FILE,
		start: 'Every Hour',
		wechatPay,
		credential: { appid: 'wxd678efh567hg6787' },
		outside,
	});
	expect(execution.error).toBeUndefined();
	return outside.queries;
}

async function told(notified: Notified): Promise<Outside['queries']> {
	outside.queries = {};
	const n8n = await openExample({ file: FILE, wechatPay, outside });
	expect((await notify(n8n, notified)).status).toBe(204);
	expect(n8n.runs.map(({ error }) => error).filter(Boolean)).toEqual([]);
	await n8n.stop();
	return outside.queries;
}

const methods = () => wechatPay.requests.map(({ method }) => method);

describe('a cashback that is due', () => {
	it('is asked for, transferred, and kept with what the mini program needs', async () => {
		expect(await hour()).toEqual({
			'Mark Under Way': [[BILL, 'WAIT_USER_CONFIRM', ANY, ANY]],
		});
		// The last one is what Transfer: Create makes of it.
		expect(methods()).toEqual(['GET', 'POST']);
		expect(wechatPay.transfers).toMatchObject([
			{ out_bill_no: BILL, openid: 'anna', transfer_amount: 500 },
		]);
		expect(wechatPay.transfers[0].notify_url).toMatch(/^https:.*\/notification$/);
	});

	it.each([false, true])(
		'is transferred once, however often it runs (n8n restarted: %p)',
		async (restarted) => {
			await hour();
			if (restarted) restartProcess();
			// As if n8n had ended before it could write: the row is still pending.
			expect(await hour()).toEqual({
				'Mark Under Way': [[BILL, 'WAIT_USER_CONFIRM', ANY, ANY]],
			});
			await Promise.all([hour(), hour()]);
			expect(wechatPay.transfers).toMatchObject([{ out_bill_no: BILL }]);
		},
	);

	it('keeps its number where the response is lost, and is not paid again', async () => {
		let isLost = true;
		const when = ({ method }: { method: string }) => isLost && method === 'POST';
		wechatPay.misbehave({ fault: 'reset-after', times: Infinity, when });
		const { 'Keep the Reason': reasons } = await hour();
		expect(reasons).toEqual([[BILL, 'true', ANY, ANY]]);
		isLost = false;
		await hour();
		expect(wechatPay.transfers).toHaveLength(1);
	});

	it('waits where the merchant has no money', async () => {
		wechatPay.setBalance(0);
		expect(await hour()).toEqual({
			'Keep the Reason': [[BILL, 'true', 'NOT_ENOUGH', expect.stringContaining('Top up')]],
		});
	});

	it('is not transferred where nobody can say what WeChat Pay has', async () => {
		wechatPay.misbehave({
			fault: 'system-error-before',
			times: Infinity,
			when: ({ method }) => method === 'GET',
		});
		expect(await hour()).toEqual({
			'Keep the Reason': [[BILL, 'true', 'SYSTEM_ERROR', ANY]],
		});
		expect(methods()).not.toContain('POST');
	});
});

describe('a transfer that ended', () => {
	beforeEach(async () => {
		await hour();
		row.status = 'under way';
	});

	it.each<[state: 'SUCCESS' | 'FAIL' | 'CANCELLED', node: string, more: IDataObject]>([
		['SUCCESS', 'Mark Paid', {}],
		['FAIL', 'Mark Ended Unpaid', { fail_reason: 'OVERDUE_CLOSE' }],
		['CANCELLED', 'Mark Ended Unpaid', {}],
	])('%s is marked by the notification', async (state, node, more) => {
		const written = await told(wechatPay.moveTransfer(BILL, { state, ...more }));
		const rest = state === 'SUCCESS' ? [ANY] : [more.fail_reason ?? state, ANY];
		expect(written).toEqual({ [node]: [[BILL, ...rest]] });
	});

	it('is marked the same, however often WeChat Pay tells of it (N1)', async () => {
		const tell = async () => await told(wechatPay.moveTransfer(BILL, { state: 'SUCCESS' }));
		const written = await tell();
		expect(Object.keys(written)).toEqual(['Mark Paid']);
		expect(await tell()).toEqual(written);
		// The database has no cashback that is due any more.
		outside.rows = [];
		expect(await hour()).toEqual({});
		expect(wechatPay.transfers).toHaveLength(1);
	});

	it.each([
		['SUCCESS', 'Mark Found Paid'],
		['FAIL', 'Mark Not Paid'],
		['CANCELLED', 'Mark Not Paid'],
	] as const)('%s is found by the next query where no notification came', async (state, node) => {
		wechatPay.moveTransfer(BILL, { state });
		expect(Object.keys(await hour())).toEqual([node]);
		expect(wechatPay.transfers).toHaveLength(1);
	});

	it('is left alone while it is under way', async () => {
		expect(await hour()).toEqual({});
		expect(methods()).toEqual(['GET', 'POST', 'GET']);
	});
});

describe('another try', () => {
	beforeEach(async () => {
		await hour();
		row.status = 'again';
	});

	it.each(['FAIL', 'CANCELLED'] as const)('takes a new number after %s', async (state) => {
		wechatPay.moveTransfer(BILL, { state });
		expect(await hour()).toEqual({ 'Take a New Number': [[BILL]] });
		expect(wechatPay.transfers).toHaveLength(1);
		Object.assign(row, { status: 'pending', bill_no: 'cashback7n2' });
		expect(Object.keys(await hour())).toEqual(['Mark Under Way']);
		expect(wechatPay.transfers.map(({ out_bill_no: number }) => number)).toEqual([
			BILL,
			'cashback7n2',
		]);
	});

	it.each(['WAIT_USER_CONFIRM', 'TRANSFERING', 'CANCELING', 'SUCCESS'] as const)(
		'takes none while WeChat Pay says %s',
		async (state) => {
			wechatPay.moveTransfer(BILL, { state });
			const written = await hour();
			expect(Object.keys(written)).toEqual(state === 'SUCCESS' ? ['Mark Found Paid'] : []);
			expect(wechatPay.transfers).toHaveLength(1);
		},
	);

	it('takes none where WeChat Pay does not know the number (any more)', async () => {
		row.bill_no = 'cashback9n1';
		expect(await hour()).toEqual({
			'Keep the Reason': [['cashback9n1', 'false', 'NOT_FOUND', ANY]],
		});
		expect(wechatPay.transfers).toHaveLength(1);
	});
});
