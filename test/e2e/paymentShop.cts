/** A shop that takes payments with the shipped workflows: its tables, and the workflows in a real n8n. */
import type { INode } from 'n8n-workflow';

import { readExample } from '../examples/files.cts';
import type { WorkflowJson } from '../support/engine/host.cts';
import { CARD, CODE } from '../support/fake/scene.cts';
import { FakeWechatPay, type Notified } from '../support/fake/server.cts';
import { post } from '../support/fake/notification.cts';
import { AlertSink } from './alerts.cts';
import { Database } from './database.cts';
import { Mailbox } from './mailbox.cts';
import { withCredentials, type N8nServer } from './n8n.cts';
import { Pictures } from './pictures.cts';
import { until } from './progress.cts';
import type { Stage } from './stage.cts';

/** As the notes in the examples say. */
const TABLES = [
	`CREATE TABLE orders (order_no text PRIMARY KEY, amount_fen integer, description text, status text,
	 expires_at timestamptz, ask_at timestamptz, asked integer, paid_at timestamptz, transaction_id text,
	 refund_id text, code text, advice text, card_id text, member_code text, points integer)`,
	`CREATE TABLE refunds (refund_no text PRIMARY KEY, order_no text, amount_fen integer, reason text, status text,
	 refund_id text, refunded_at timestamptz, code text, advice text)`,
	'CREATE TABLE points_refunds (refund_no text PRIMARY KEY, order_no text, points integer, status text, advice text)',
	'CREATE TABLE reconciliations (day date PRIMARY KEY, in_bill integer, in_shop integer, differences jsonb)',
];

const APPID = 'wxd678efh567hg6787';
const KEY = { name: 'X-Shop-Key', value: 'e2e-shop-key' };
const FILES = ['take-payment', 'refund-with-approval', 'points-follow-refunds'] as const;
const RECONCILIATION = 'reconcile-bill-nightly';

/** What n8n answered to the shop. */
export interface Answer {
	status: number;
	type: string;
	body: string;
}

export class PaymentShop {
	private constructor(
		readonly n8n: N8nServer,
		readonly fake: FakeWechatPay,
		readonly database: Database,
		readonly alerts: AlertSink,
		readonly mailbox: Mailbox,
		private readonly pictures: Pictures,
	) {}

	/** The IDs of those that are active. */
	private readonly active: Record<string, string> = {};

	/** The ID of the reconciliation, which is started manually. */
	reconciliation = '';

	/** Everything around the shop, and its workflows, activated. */
	static async open({ n8n, postgresql }: Stage): Promise<PaymentShop> {
		const fake = await FakeWechatPay.start({ tls: false });
		fake.setBills({ readyHour: 0 });
		fake.addCard({ card_id: CARD });
		fake.addMember({ card_id: CARD, code: CODE, bonus_value: 500 });
		const database = await Database.create(postgresql, 'payments');
		for (const table of TABLES) await database.query(table);
		const shop = new PaymentShop(
			n8n,
			fake,
			database,
			await AlertSink.start(),
			await Mailbox.start(),
			await Pictures.start(),
		);
		await shop.install();
		return shop;
	}

	private async install(): Promise<void> {
		const { n8n } = this;
		const credentials = await this.credentials();
		const create = async (file: string) =>
			await n8n.createWorkflow(withCredentials(this.adapted(file), credentials));
		for (const file of FILES) this.active[file] = await create(file);
		for (const id of Object.values(this.active)) await n8n.activate(id);
		this.reconciliation = await create(RECONCILIATION);
		await until('the webhooks', 30, async () => (await this.ask('refund', {}, {})).status === 403);
	}

	private async credentials(): Promise<Array<[RegExp, string, string]>> {
		const given: Array<[RegExp, string, object]> = [
			[/wechatPay\w*$/, 'wechatPayApi', this.fake.credential({ appid: APPID })],
			[/\.postgres$/, 'postgres', this.database.credential],
			[/\.webhook$/, 'httpHeaderAuth', KEY],
			[/\.emailSend$/, 'smtp', this.mailbox.credential],
		];
		const made: Array<[RegExp, string, string]> = [];
		for (const [nodes, type, data] of given) {
			made.push([nodes, type, await this.n8n.createCredential(`Payments ${type}`, type, data)]);
		}
		return made;
	}

	/** The example with the addresses of this run; its schedule comes every two seconds. */
	private adapted(file: string): WorkflowJson {
		const workflow = readExample(`${file}.json`);
		const robots = /^(Raise Alert|Say There Is No Bill)$/;
		for (const { name, parameters } of workflow.nodes) {
			if (robots.test(name)) parameters.url = this.alerts.url;
			if (name === 'Draw QR Code') {
				const address = String(parameters.url);
				parameters.url = address.replace('https://quickchart.io/qr', this.pictures.url);
			}
			if (name === 'Every Minute') {
				parameters.rule = { interval: [{ field: 'seconds', secondsInterval: 2 }] };
			}
		}
		return workflow;
	}

	/** The shop posts to a webhook; other headers than its own for somebody else. */
	async ask(
		path: 'take-payment' | 'refund',
		body: object,
		headers: Record<string, string> = { [KEY.name]: KEY.value },
	): Promise<Answer> {
		const response = await fetch(`${this.n8n.url}/webhook/wechat-pay/${path}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});
		const type = response.headers.get('content-type') ?? '';
		return { status: response.status, type, body: await response.text() };
	}

	/** WeChat Pay posts a notification to where the payment or refund said, or to another workflow. */
	async tell(notified: Notified, file?: (typeof FILES)[number]): Promise<number> {
		const { pathname } = new URL(notified.url ?? '', this.n8n.url);
		const path = file ? `/webhook/${webhookOf(file)}/notification` : pathname;
		return (await post(`${this.n8n.url}${path}`, notified)).status;
	}

	/** How many executions of a workflow have succeeded. */
	async successes(file: (typeof FILES)[number]): Promise<number> {
		const filter = { workflowId: this.active[file], status: ['success'] };
		return await this.n8n.countExecutions(filter);
	}

	/** Compares yesterday's bill. @returns how the execution ended */
	async reconcile(): Promise<string> {
		return (await this.n8n.ended(await this.n8n.run(this.reconciliation, 'Every Morning'))).status;
	}

	async close(): Promise<void> {
		for (const id of Object.values(this.active)) await this.n8n.deactivate(id);
		await this.alerts.stop();
		await this.mailbox.stop();
		await this.pictures.stop();
		await this.fake.stop();
		await this.database.drop();
	}
}

function webhookOf(file: string): string {
	const isTrigger = ({ type }: INode) => type.endsWith('Trigger');
	const found = readExample(`${file}.json`).nodes.find((node) => isTrigger(node) && node.webhookId);
	return String(found?.webhookId);
}
