/** The payment examples in a real n8n: orders taken, refunded with approval, points taken back, the bill compared. */
import { CARD, CODE } from '../../support/fake/scene.cts';
import { PaymentShop } from '../paymentShop.cts';
import { until } from '../progress.cts';
import { reconcileADay } from '../reconciledDay.cts';
import type { ScenarioReport } from '../report.cts';
import type { Stage } from '../stage.cts';

const TOTAL = 1000;
const POINTS = 100;
const POINTS_BACK = 'points-follow-refunds';

export async function payments(stage: Stage, report: ScenarioReport): Promise<void> {
	const shop = await PaymentShop.open(stage);
	try {
		await takePayments(shop, report);
		await refundWithApproval(shop, report);
		await reconcileADay(shop, report);
	} finally {
		await shop.close();
	}
}

/** Every way in which an order of the shop can end. */
async function takePayments(shop: PaymentShop, report: ScenarioReport): Promise<void> {
	const { fake, database } = shop;
	const order = async (number: string, fen = TOTAL) =>
		await shop.ask('take-payment', { order_no: number, amount_fen: fen, description: '咖啡' });

	const first = await order('PAYMENT');
	report.check('the picture of an order', [first.status, first.type], [200, 'image/png']);
	report.check('what it shows', /^weixin:\/\/wxpay\/bizpayurl\?pr=/.test(first.body), true);
	await order('PAYMENT');
	report.check('orders after the same one again', fake.orders.length, 1);
	const { status, body } = await order('WORTHLESS', 0);
	report.check(
		'an order of nothing',
		[status, (JSON.parse(body) as { outcome: string }).outcome],
		[502, 'not_sent'],
	);
	for (const number of ['UNTOLD', 'EXPIRED', 'CANCELLED', 'DIFFERS']) await order(number);

	await database.query("UPDATE orders SET status = 'cancelled' WHERE order_no = 'CANCELLED'");
	await database.query("UPDATE orders SET amount_fen = 999 WHERE order_no = 'DIFFERS'");
	const told = ['PAYMENT', 'CANCELLED', 'DIFFERS'].map((number) => fake.pay(number));
	const answers = await Promise.all(told.map(async (one) => await shop.tell(one)));
	report.check('answers to notifications', answers, [204, 204, 204]);
	fake.pay('UNTOLD');
	await database.query(
		`UPDATE orders SET ask_at = now(), expires_at = now() - interval '1 hour'
		 WHERE order_no IN ('UNTOLD', 'EXPIRED')`,
	);
	const rows = async () =>
		await database.query<{ order_no: string; transaction_id: string | null }>(
			`SELECT order_no, status, code, transaction_id, refund_id IS NOT NULL AS is_refunded FROM orders
			 WHERE order_no <> 'WORTHLESS' AND (status <> 'open' OR code IS NOT NULL) ORDER BY 1`,
		);
	await until('the end of the orders', 60, async () => {
		const [cancelled, ...others] = await rows();
		return others.length === 4 && (cancelled as { is_refunded?: boolean }).is_refunded;
	});
	const inPart = (number: string) =>
		fake.orders.find((one) => one.out_trade_no === number)?.transaction_id ?? null;
	const row = (order_no: string, state: string, code: string | null, isRefunded = false) => ({
		order_no,
		status: state,
		code,
		transaction_id: state === 'paid' ? inPart(order_no) : null,
		is_refunded: isRefunded,
	});
	report.check('the orders', await rows(), [
		row('CANCELLED', 'cancelled', null, true),
		row('DIFFERS', 'open', 'PAYMENT_DIFFERS'),
		row('EXPIRED', 'closed', null),
		row('PAYMENT', 'paid', null),
		row('UNTOLD', 'paid', null),
	]);
	report.check(
		'the same at WeChat Pay',
		fake.orders.map((one) => `${one.out_trade_no} ${one.trade_state}`).sort(),
		['CANCELLED REFUND', 'DIFFERS SUCCESS', 'EXPIRED CLOSED', 'PAYMENT SUCCESS', 'UNTOLD SUCCESS'],
	);
	await shop.tell(fake.tellAgain('CANCELLED'));
}

/** One refund that is approved, one that is not; the points of the first are taken back, once. */
async function refundWithApproval(shop: PaymentShop, report: ScenarioReport): Promise<void> {
	const { fake, database } = shop;
	await database.query(
		`UPDATE orders SET card_id = $1, member_code = $2, points = ${POINTS} WHERE order_no = 'PAYMENT'`,
		[CARD, CODE],
	);
	const refunds = async () =>
		await database.query<{ status: string }>(
			"SELECT refund_no, status, refund_id FROM refunds WHERE order_no = 'PAYMENT' ORDER BY 1",
		);
	const decide = async (number: string, approved: boolean) => {
		const letters = shop.mailbox.letters.length;
		const wanted = {
			refund_no: number,
			order_no: 'PAYMENT',
			amount_fen: 250,
			reason: '商品已售完',
		};
		const { status } = await shop.ask('refund', wanted);
		report.check(`${number} was taken`, status, 202);
		await until('the letter', 30, async () => shop.mailbox.letters.length > letters);
		await follow(shop.mailbox.letters[letters], approved);
	};
	const became = async (...wanted: string[]) =>
		await until('the refunds', 30, async () => {
			const states = (await refunds()).map(({ status }) => status);
			return states.join() === wanted.join();
		});

	await decide('R-1', true);
	await became('under way');
	await decide('R-2', false);
	await became('under way', 'rejected');
	const notified = fake.settleRefund('R-1');
	report.check('the answer to the refund', await shop.tell(notified), 204);
	await became('refunded', 'rejected');
	const made = fake.refunds.filter(({ order }) => order.out_trade_no === 'PAYMENT');
	report.check(
		'refunds of the order at WeChat Pay',
		made.map((one) => [one.out_refund_no, one.refund, one.status]),
		[['R-1', 250, 'SUCCESS']],
	);
	report.check('refunds of the order in the shop', await refunds(), [
		{ refund_no: 'R-1', status: 'refunded', refund_id: made[0].refund_id },
		{ refund_no: 'R-2', status: 'rejected', refund_id: null },
	]);

	for (let time = 1; time <= 2; time += 1) {
		const again = await shop.tell(fake.settleRefund('R-1'), POINTS_BACK);
		report.check('the answer for its points', again, 204);
		await until('the points', 30, async () => (await shop.successes(POINTS_BACK)) === time);
	}
	report.check('points of the member', fake.members[0].bonus_value, 500 - POINTS / 4);
	report.check('points taken back', await database.query('SELECT * FROM points_refunds'), [
		{
			refund_no: 'R-1',
			order_no: 'PAYMENT',
			points: POINTS / 4,
			status: 'taken back',
			advice: null,
		},
	]);
}

/** Follows a link of n8n's letter, as a browser does: n8n takes others for previews. */
async function follow(letter: string, approved: boolean): Promise<void> {
	const links = [...letter.matchAll(/href="([^"]+)"/g)].map(([, link]) =>
		link.replaceAll('&amp;', '&'),
	);
	const link = links.find((one) => one.includes(`approved=${approved}`));
	if (link === undefined) throw new Error(`No such link in ${letter}`);
	await fetch(link, { headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' } });
}
