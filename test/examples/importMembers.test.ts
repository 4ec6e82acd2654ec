import type { IDataObject } from 'n8n-workflow';

import type { Execution } from '../support/engine/engine.cts';
import { CARD } from '../support/fake/scene.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { Outside } from './outside.cts';
import { ourNodes, runExample } from './run.cts';
import { readExample } from './files.cts';

const FILE = 'import-members.json';
const PHONES = ['13800138001', '13800138002', '13800138003', '13800138004', '13800138005'];

let wechatPay: FakeWechatPay;

beforeEach(async () => {
	wechatPay = await FakeWechatPay.start({ tls: false });
	wechatPay.addCard({ card_id: CARD });
});

afterEach(async () => {
	await wechatPay.stop();
});

/** A row of the sheet; an empty cell is an empty text. */
const row = (member_number: string, phone: string | number, changes: IDataObject = {}) => ({
	member_number,
	card_id: CARD,
	phone,
	card_code: '',
	import_status: '',
	import_reason: '',
	...changes,
});

async function importAll(outside: Outside): Promise<Execution> {
	const execution = await runExample({ file: FILE, start: 'Start', wechatPay, outside });
	expect(execution.error).toBeUndefined();
	return execution;
}

/** The code under which WeChat Pay holds the member with this phone number. */
const codeOf = (phone: string) => wechatPay.members.find((member) => member.phone === phone)?.code;

/** The phone numbers that can be found in what was written. */
const phonesIn = (value: unknown) =>
	PHONES.filter((phone) => JSON.stringify(value).includes(phone.slice(0, -1)));

describe('rows that are right', () => {
	it('get the code under which WeChat Pay holds the member', async () => {
		const outside = new Outside({
			// A sheet may give a phone number as a number.
			sheet: [row('m1', PHONES[0]), row('m2', Number(PHONES[1]))],
		});
		await importAll(outside);

		expect(wechatPay.members.map(({ phone }) => phone).sort()).toEqual(PHONES.slice(0, 2));
		expect(outside.sheet).toEqual([
			row('m1', PHONES[0], { card_code: codeOf(PHONES[0]), import_status: 'imported' }),
			row('m2', Number(PHONES[1]), { card_code: codeOf(PHONES[1]), import_status: 'imported' }),
		]);
	});

	it('are left out once they have a code', async () => {
		const outside = new Outside({ sheet: [row('m1', PHONES[0])] });
		await importAll(outside);
		const [{ card_code: first }] = outside.sheet;
		await importAll(outside);

		expect(wechatPay.members).toHaveLength(1);
		expect(outside.sheet).toMatchObject([{ card_code: first }]);
		expect(wechatPay.counts.received).toBe(1);
	});
});

describe('rows that do not succeed', () => {
	it('get the reason, beside those that do', async () => {
		wechatPay.addMember({ card_id: CARD, code: 'holds it already', phone: PHONES[1] });
		const outside = new Outside({
			sheet: [
				row('m1', PHONES[0]),
				row('m2', '138-no-phone'),
				row('m3', PHONES[1]),
				row('m4', PHONES[3], { card_id: 'unknown' }),
				row('', PHONES[2]),
				row('m6', PHONES[4]),
			],
		});
		await importAll(outside);

		const attention = (member_number: string, import_reason: RegExp) => ({
			member_number,
			card_code: '',
			import_status: 'needs attention',
			import_reason: expect.stringMatching(import_reason),
		});
		expect(outside.sheet).toMatchObject([
			{ member_number: 'm1', card_code: codeOf(PHONES[0]), import_status: 'imported' },
			attention('m2', /^'Phone Number' must be a phone number/),
			attention('m3', /INVALID_REQUEST/),
			attention('m4', /card ID is not known/),
			attention('', /^'Request Number' must consist of/),
			{ member_number: 'm6', card_code: codeOf(PHONES[4]), import_status: 'imported' },
		]);
		expect(wechatPay.members).toHaveLength(3);
	});

	it('get the first code when they are run again after a lost answer', async () => {
		wechatPay.misbehave({ fault: 'bad-signature', times: 2 });
		const outside = new Outside({ sheet: [row('m1', PHONES[0])] });
		await importAll(outside);
		expect(outside.sheet).toMatchObject([{ card_code: '', import_status: 'run again' }]);
		expect(wechatPay.members).toHaveLength(1);

		await importAll(outside);
		expect(outside.sheet).toMatchObject([
			{ card_code: codeOf(PHONES[0]), import_status: 'imported', import_reason: '' },
		]);
		expect(wechatPay.members).toHaveLength(1);
	});
});

describe('the phone number', () => {
	it('is in no item after our node but in the input’s own field, and never written', async () => {
		wechatPay.misbehave({
			fault: 'bad-signature',
			times: 2,
			when: ({ body }) => body.includes('import-m4'),
		});
		const outside = new Outside({
			sheet: [
				row('m1', PHONES[0]),
				row('m2', PHONES[0]),
				row('m3', `${PHONES[2]}x`),
				row('m4', PHONES[3]),
			],
		});
		const execution = await importAll(outside);

		expect(outside.written['Write the Code']).toHaveLength(1);
		expect(outside.written['Write the Reason']).toHaveLength(3);
		const [{ name }] = ourNodes(readExample(FILE));
		const failed = execution.json(name, 1).map((json) => ({ ...json, phone: undefined }));
		const after = [
			execution.json(name, 0),
			failed,
			execution.items('Write the Code'),
			execution.items('Write the Reason'),
			outside.written,
		];
		expect(failed).toHaveLength(3);
		expect(phonesIn(after)).toEqual([]);
	});

	it('travels encrypted', async () => {
		await importAll(new Outside({ sheet: [row('m1', PHONES[0])] }));

		expect(wechatPay.requests).toHaveLength(1);
		expect(phonesIn(wechatPay.requests)).toEqual([]);
	});
});
