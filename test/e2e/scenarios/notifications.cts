/** The trigger on n8n's real webhooks. */
import { readExample } from '../../examples/files.cts';
import { CARD, CODE } from '../../support/fake/scene.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';
import { notification, post, type Posted } from '../../support/fake/notification.cts';
import { exampleOfEvent } from '../../tools/notify/examples.cts';
import { Database } from '../database.cts';
import { withCredentials, type N8nServer } from '../n8n.cts';
import { until } from '../progress.cts';
import type { ScenarioReport } from '../report.cts';
import { committed, committedAgain } from '../shop.cts';
import type { Stage } from '../stage.cts';

const ORDERS = `CREATE TABLE orders (order_no text PRIMARY KEY, card_id text, member_code text, points integer,
	amount_fen integer, sub_mchid text, bonus_status text, bonus_code text, bonus_advice text, bonus_request_id text)`;

const BOOKED = `CREATE TABLE booked_points (order_no text PRIMARY KEY, card_id text, member_code text, points integer)`;

const PAID = 12;

export async function notifications(stage: Stage, report: ScenarioReport): Promise<void> {
	const { n8n } = stage;
	const fake = await FakeWechatPay.start({ tls: false });
	const shop = await Database.create(stage.postgresql, 'paid');
	try {
		await fill(shop, fake);
		const { id, url } = await install(n8n, fake, shop);
		const paid = (orderNo: string, total = 100) =>
			exampleOfEvent('TRANSACTION.SUCCESS', { out_trade_no: orderNo, amount: { total } });
		const forged = notification(paid('P0'), { key: PLATFORM_A, serial: PUBLIC_KEY.serial });
		const genuine = Array.from({ length: PAID }, (_, index) => notification(paid(`P${index}`)));
		const posts: Array<[Posted, number]> = [
			[forged, 401],
			...genuine.flatMap(
				(one): Array<[Posted, number]> => [
					[one, 204],
					[one, 204],
				],
			),
			[notification(paid('NOBODY')), 204],
			[notification(paid('DIFFERS', 99)), 204],
			[notification(exampleOfEvent('REFUND.SUCCESS')), 204],
		];
		const answers = await Promise.all(
			posts.map(async ([posted, wanted]) => [(await post(url, posted)).status, wanted]),
		);
		report.check(
			'answers that differ',
			answers.filter(([status, wanted]) => status !== wanted),
			[],
		);
		const executions = async () =>
			await n8n.countExecutions({ workflowId: id, status: ['success'] });
		await until('the executions', 60, async () => (await executions()) >= PAID + 2);
		await until('the commits', 60, async () => committed(fake) === PAID);
		report.check('executions', await executions(), PAID + 2);
		report.check(
			'orders by status',
			await shop.query(
				'SELECT bonus_status, count(*)::int AS count FROM orders GROUP BY 1 ORDER BY 1',
			),
			[
				{ bonus_status: 'committed', count: PAID },
				{ bonus_status: 'needs attention', count: 1 },
			],
		);
		report.check('commits more than once', committedAgain(fake), 0);
	} finally {
		await fake.stop();
		await shop.drop();
	}
}

async function fill(shop: Database, fake: FakeWechatPay): Promise<void> {
	fake.addCard({ card_id: CARD });
	fake.addMember({ card_id: CARD, code: CODE });
	await shop.query(ORDERS);
	await shop.query(BOOKED);
	for (const order of [...Array.from({ length: PAID }, (_, index) => `P${index}`), 'DIFFERS']) {
		await shop.query(
			'INSERT INTO orders (order_no, card_id, member_code, points, amount_fen) VALUES ($1, $2, $3, 30, 100)',
			[order, CARD, CODE],
		);
	}
}

async function install(n8n: N8nServer, fake: FakeWechatPay, shop: Database) {
	const merchant = await n8n.createCredential('Notified', 'wechatPayApi', fake.credential());
	const orders = await n8n.createCredential('Paid Orders', 'postgres', shop.credential);
	const workflow = withCredentials(readExample('order-paid-commit.json'), [
		[/wechatPay(Trigger)?$/, 'wechatPayApi', merchant],
		[/postgres$/, 'postgres', orders],
	]);
	const id = await n8n.createWorkflow(workflow);
	await n8n.activate(id);
	const [{ webhookId }] = workflow.nodes.filter(({ type }) => type.endsWith('Trigger'));
	const url = `${n8n.url}/webhook/${webhookId}/notification`;
	await until('the webhook', 30, async () => {
		const { status } = await post(url, {
			headers: { 'Content-Type': 'text/plain' },
			body: Buffer.from(''),
		});
		return status !== 404;
	});
	return { id, url };
}
