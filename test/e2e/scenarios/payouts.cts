/** What a shop gives to its members: cashback by transfer, a coupon on the birthday; the shipped workflows as they are. */
import { readExample } from '../../examples/files.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';
import { post, type Posted } from '../../support/fake/notification.cts';
import { AlertSink } from '../alerts.cts';
import { Database } from '../database.cts';
import { withCredentials, type N8nServer } from '../n8n.cts';
import { until } from '../progress.cts';
import type { ScenarioReport } from '../report.cts';
import type { Stage } from '../stage.cts';

const CASHBACKS = `CREATE TABLE cashbacks (cashback_id text PRIMARY KEY, attempt integer NOT NULL DEFAULT 1, bill_no text,
	openid text NOT NULL, amount_fen integer NOT NULL, status text NOT NULL DEFAULT 'pending', transfer_bill_no text,
	package_info text, code text, advice text)`;

const BIRTHDAYS = `CREATE TABLE members (member_id text PRIMARY KEY, openid text NOT NULL, birthday date NOT NULL);
	CREATE TABLE birthday_coupons (member_id text, year integer, status text, coupon_id text, code text, advice text,
	PRIMARY KEY (member_id, year))`;

const DUE = 20;
const STOCK = '9856000';
const APPID = 'wxd678efh567hg6787';
const SECONDS = 60;

/** What both workflows work with. */
interface Scene {
	n8n: N8nServer;
	fake: FakeWechatPay;
	shop: Database;
	alerts: AlertSink;
	report: ScenarioReport;
}

export async function payouts(stage: Stage, report: ScenarioReport): Promise<void> {
	const fake = await FakeWechatPay.start({ tls: false });
	const shop = await Database.create(stage.postgresql, 'payouts');
	const alerts = await AlertSink.start();
	const scene = { n8n: stage.n8n, fake, shop, alerts, report };
	try {
		await cashback(scene);
		await birthdays(scene);
	} finally {
		await alerts.stop();
		await fake.stop();
		await shop.drop();
	}
}

async function cashback(scene: Scene): Promise<void> {
	const { n8n, fake, shop, report } = scene;
	await shop.query(CASHBACKS);
	await shop.query(
		`INSERT INTO cashbacks (cashback_id, openid, amount_fen)
		 SELECT 'c' || number, 'o-member-' || number, 100 + number FROM generate_series(1, ${DUE}) AS number`,
	);
	const { id, webhookId } = await install(scene, 'cashback-for-members.json');
	const hour = async () => (await n8n.ended(await n8n.run(id, 'Every Hour'), SECONDS)).status;
	const statuses = async () => await tally(shop, 'cashbacks');

	report.check('cashback, first hour: the execution', await hour(), 'success');
	report.check('cashback, first hour: the table', await statuses(), { 'under way': DUE });
	report.check('cashback, first hour: transfers', fake.transfers.length, DUE);
	const packages = await shop.query('SELECT 1 FROM cashbacks WHERE package_info IS NOT NULL');
	report.check('cashback, first hour: rows that a user can confirm', packages.length, DUE);

	// As if n8n had ended before it could write, and was started twice at once.
	await shop.query(`UPDATE cashbacks SET status = 'pending' WHERE amount_fen > 110`);
	report.check('cashback, run twice at once', await Promise.all([hour(), hour()]), [
		'success',
		'success',
	]);
	report.check('cashback, run twice at once: transfers', fake.transfers.length, DUE);
	report.check('cashback, run twice at once: the table', await statuses(), { 'under way': DUE });

	await n8n.activate(id);
	const url = `${n8n.url}/webhook/${webhookId}/notification`;
	await listening(url);
	const ends = fake.transfers.map(({ out_bill_no: number }, index) =>
		fake.moveTransfer(
			number,
			index === 0 ? { state: 'FAIL', fail_reason: 'OVERDUE_CLOSE' } : { state: 'SUCCESS' },
		),
	);
	const forged = fake.moveTransfer(
		fake.transfers[0].out_bill_no,
		{ state: 'FAIL', fail_reason: 'OVERDUE_CLOSE' },
		{ key: PLATFORM_A, serial: PUBLIC_KEY.serial },
	);
	const posts: Array<[Posted, number]> = [
		[forged, 401],
		...[...ends, ...ends].map((one): [Posted, number] => [one, 204]),
	];
	const answers = await Promise.all(
		posts.map(async ([posted, wanted]) => [(await post(url, posted)).status, wanted]),
	);
	const differing = answers.filter(([status, wanted]) => status !== wanted);
	report.check('cashback, notifications: answers that differ', differing, []);
	await until('the ends of all transfers', SECONDS, async () => !(await statuses())['under way']);
	report.check('cashback, notifications: the table', await statuses(), {
		'not paid': 1,
		paid: DUE - 1,
	});
	await n8n.deactivate(id);

	const [{ out_bill_no: first }] = fake.transfers;
	await shop.query(`UPDATE cashbacks SET status = 'again' WHERE status = 'not paid'`);
	report.check('cashback, another try: the execution', await hour(), 'success');
	report.check('cashback, another try: transfers so far', fake.transfers.length, DUE);
	fake.setBalance(1);
	report.check('cashback, no money: the execution', await hour(), 'success');
	report.check('cashback, no money: the table', await statuses(), { paid: DUE - 1, pending: 1 });
	fake.setBalance(1_000_000);
	report.check('cashback, money again: the execution', await hour(), 'success');
	const second = fake.transfers[DUE]?.out_bill_no;
	report.check('cashback, another try: its number', second, first.replace(/n1$/, 'n2'));
	fake.moveTransfer(second, { state: 'SUCCESS' });
	report.check('cashback, notification lost: the execution', await hour(), 'success');
	report.check('cashback, at the end: the table', await statuses(), { paid: DUE });
	report.check('cashback, at the end: transfers', fake.transfers.length, DUE + 1);
	const paid = fake.transfers.filter(({ state }) => state === 'SUCCESS');
	const users = new Set(paid.map(({ openid }) => openid));
	report.check('cashback, at the end: paid, and users', [paid.length, users.size], [DUE, DUE]);
}

async function birthdays(scene: Scene): Promise<void> {
	const { n8n, fake, shop, alerts, report } = scene;
	await shop.query(BIRTHDAYS);
	// A leap year has every day.
	await shop.query(
		`INSERT INTO members (member_id, openid, birthday)
		 SELECT 'm' || ago, 'o-born-' || ago, (now() AT TIME ZONE 'Asia/Shanghai')::date - ago - interval '32 years'
		 FROM generate_series(-1, 5) AS ago`,
	);
	await shop.query(
		`INSERT INTO members SELECT 'limit', 'o-limit', birthday FROM members WHERE member_id = 'm0'`,
	);
	fake.addStock({ stock_id: STOCK, mostPerUser: 1 });
	fake.addCoupon({ openid: 'o-limit', stock_id: STOCK });
	const before = fake.coupons.length;
	const { id } = await install(scene, 'birthday-coupon.json');
	const morning = async () => (await n8n.ended(await n8n.run(id, 'Every Morning'), SECONDS)).status;
	const given = () =>
		fake.coupons
			.slice(before)
			.map(({ openid }) => openid)
			.sort();

	report.check('birthdays: the execution', await morning(), 'success');
	report.check('birthdays: coupons', given(), ['o-born-0', 'o-born-1', 'o-born-2', 'o-born-3']);
	report.check('birthdays: the table', await tally(shop, 'birthday_coupons'), {
		'needs attention': 1,
		sent: 4,
	});
	report.check('birthdays: alerts', alerts.texts.length, 1);

	const requests = fake.counts.received;
	report.check('birthdays, run again: the execution', await morning(), 'success');
	report.check('birthdays, run again: requests', fake.counts.received - requests, 0);

	// As if nothing had been written.
	await shop.query('DELETE FROM birthday_coupons');
	report.check('birthdays, table lost: the execution', await morning(), 'success');
	report.check('birthdays, table lost: coupons', given().length, 4);
	report.check('birthdays, table lost: the table', await tally(shop, 'birthday_coupons'), {
		'needs attention': 1,
		sent: 4,
	});
}

/** The shipped workflow with this run's credentials and alerts. */
async function install(
	{ n8n, fake, shop, alerts }: Scene,
	file: string,
): Promise<{ id: string; webhookId?: string }> {
	const merchant = await n8n.createCredential(
		`Merchant of ${file}`,
		'wechatPayApi',
		fake.credential({ appid: APPID }),
	);
	const database = await n8n.createCredential(`Database of ${file}`, 'postgres', shop.credential);
	const workflow = withCredentials(readExample(file), [
		[/wechatPay(Trigger)?$/, 'wechatPayApi', merchant],
		[/postgres$/, 'postgres', database],
	]);
	for (const node of workflow.nodes) {
		if (node.name === 'Raise Alert') node.parameters.url = alerts.url;
	}
	const hook = workflow.nodes.find(({ webhookId }) => webhookId !== undefined);
	return { id: await n8n.createWorkflow(workflow), webhookId: hook?.webhookId };
}

async function listening(url: string): Promise<void> {
	await until('the webhook', 30, async () => {
		const empty = { headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('') };
		return (await post(url, empty)).status !== 404;
	});
}

/** How many rows have each status. */
async function tally(shop: Database, table: string): Promise<Record<string, number>> {
	const rows = await shop.query<{ status: string; count: number }>(
		`SELECT status, count(*)::int AS count FROM ${table} GROUP BY 1 ORDER BY 1`,
	);
	return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
