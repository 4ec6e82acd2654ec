/** The fake WeChat Pay: an HTTP server that checks every request as WeChat Pay does (protocol.md). */
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import { nonceOf } from './memberCard/authorization.cts';
import { recordPrepared } from './memberCard/bonus.cts';
import type { Activation } from './memberCard/activation.cts';
import type { BillSettings } from './trade/bills.cts';
import { completeCampaign, type Campaign } from './memberCard/campaigns.cts';
import { completeCard, type Card } from './memberCard/cards.cts';
import { mallPaymentNotification, refundInMall } from './trade/businessCircle.cts';
import type { Complaint } from './trade/complaints.cts';
import {
	completeCoupon,
	completeStock,
	useCoupon,
	type Coupon,
	type Stock,
} from './trade/coupons.cts';
import { noCounts, type Counts } from './rules/counts.cts';
import { Gateway } from './gateway.cts';
import type { Image } from './memberCard/images.cts';
import type { Invitation } from './memberCard/invitations.cts';
import { CREDENTIAL, MERCHANT, pem } from './keys.cts';
import type { KeysInUse } from './keysInUse.cts';
import { completeMember, type Member } from './memberCard/members.cts';
import type { Rule, Schedule } from './misbehaviour.cts';
import type { FakeOptions } from './options.cts';
import type { ReceivedRequest } from './rules/request.cts';
import type { ServiceModule } from './memberCard/serviceItems.cts';
import type { Signing } from './notification.cts';
import { keyOf, State, type Bonus } from './state.cts';
import { completeFlow, completeTrade, type Flow, type Trade } from './trade/trades.cts';
import {
	paymentNotification,
	payOrder,
	settleRefund,
	type Notified,
	type Paid,
} from './trade/events.cts';
import { keepOrder, newNumber, USUAL_ORDER, type Order } from './trade/order.cts';
import { letDaysPass } from './trade/passing.cts';
import type { Refund, RefundStatus } from './trade/refunds.cts';
import {
	moveTransfer,
	type Transfer,
	type TransferRefusal,
	type TransferState,
} from './trade/transfers.cts';

export type { Counts, FakeOptions };
export type { Fault, FaultDetails, FaultName, Rule } from './misbehaviour.cts';
export type { Activation, Bonus, Campaign, Card, Image, Invitation, Member, ServiceModule };
export type { Notified, Order, Refund, Transfer };
export type { ReceivedRequest };

/** WeChat Pay closes idle connections after about 8 s (docs/protocol.md, Request headers). */
const KEEP_ALIVE_MS = 8000;

export class FakeWechatPay {
	/** Where it listens, e.g. https://127.0.0.1:43123 */
	baseUrl = '';

	/** Everything that arrived, in order (empty with `record: false`). */
	requests: ReceivedRequest[] = [];

	private readonly gateway: Gateway;

	private readonly sockets = new Set<Socket>();

	private readonly server: Server;

	private waiting: Array<{ count: number; resolve: () => void }> = [];

	private constructor(private readonly options: FakeOptions) {
		this.gateway = new Gateway(options);
		this.server = createServer(options, (incoming, response) => this.receive(incoming, response));
		this.server.keepAliveTimeout = KEEP_ALIVE_MS;
		this.server.on('connection', (socket: Socket) => this.keep(socket));
	}

	/** Listens on a port of 127.0.0.1 that is free and was none of another fake of this process. */
	static async start(options: FakeOptions = {}): Promise<FakeWechatPay> {
		const fake = new FakeWechatPay(options);
		const port = await listen(fake.server);
		fake.baseUrl = `${(options.tls ?? true) ? 'https' : 'http'}://127.0.0.1:${port}`;
		return fake;
	}

	/** The data of the n8n credential that this fake knows, public-key mode, merged with `overrides`. */
	credential(overrides: Record<string, string> = {}): Record<string, string> {
		return { ...CREDENTIAL, baseUrl: this.baseUrl, ...overrides };
	}

	/** A card template; by default the merchant's own, complete, reviewed, with points, upgraded. */
	addCard(card: Partial<Card> & { card_id: string }): void {
		this.gateway.state.cards.set(card.card_id, completeCard(card));
	}

	/** A user's card, valid by default. */
	addMember(member: Partial<Member> & { card_id: string; code: string }): void {
		const { cards, members } = this.gateway.state;
		const level = cards.get(member.card_id)?.init_level;
		members.set(keyOf(member.card_id, member.code), completeMember(member, level));
	}

	/** A campaign; by default NON_MEMBER_AFTERPAY, from now on for 30 days. Returns its activity_id. */
	addCampaign(campaign: Partial<Campaign> & { card_id: string }): string {
		const complete = completeCampaign(campaign, this.gateway.now());
		this.gateway.state.campaigns.set(complete.activity_id, complete);
		return complete.activity_id;
	}

	/** A coupon stock; by default the merchant's own, running, without limits. */
	addStock(stock: Partial<Stock> & { stock_id: string }): void {
		this.gateway.state.stocks.set(stock.stock_id, completeStock(stock));
	}

	/** A user's coupon, usable by default. Returns its coupon_id. */
	addCoupon(coupon: Partial<Coupon> & { openid: string }): string {
		const complete = completeCoupon(coupon);
		this.gateway.state.coupons.push(complete);
		return complete.coupon_id;
	}

	/** A user pays with a coupon. Returns WeChat Pay's notification of it. */
	useCoupon(
		couponId: string,
		payment: { transaction_id: string; consume_amount: number },
		signing?: Signing,
	): Notified {
		return useCoupon(this.gateway.state, couponId, payment, this.gateway.now(), signing);
	}

	/** A payment in the mall that waits for points, of just now by default. Returns WeChat Pay's notification of it. */
	addMallPayment(
		payment: { transaction_id: string; openid: string; paidAt?: number },
		signing?: Signing,
	): Notified {
		const complete = { paidAt: this.gateway.now(), ...payment };
		this.gateway.state.mallPayments.set(payment.transaction_id, complete);
		return mallPaymentNotification(complete, signing);
	}

	/** A payment in the mall is given back. Returns WeChat Pay's notification of it. */
	refundInMall(transactionId: string, signing?: Signing): Notified {
		return refundInMall(this.gateway.state, transactionId, this.gateway.now(), signing);
	}

	/** A user who is just opening a card. */
	addActivation(activation: Activation): void {
		this.gateway.state.activations.push(activation);
	}

	/** The owner of the phone number paid the merchant, in Unix seconds, by default just now. */
	addPayer(phone: string, paidAt = this.gateway.now()): void {
		this.gateway.state.payers.set(phone, paidAt);
	}

	/** A template for service items; by default permitted and empty. '666' of the examples is there. */
	addServiceModule(module: Partial<ServiceModule> & { service_module_id: string }): void {
		const empty = { permitted: true, states: [], fields: [], messageTemplates: {} };
		this.gateway.state.serviceModules.set(module.service_module_id, { ...empty, ...module });
	}

	/** Why an AppID is refused, e.g. AppID非服务号 or 品牌、appid关系校验失败; undefined: it is not. */
	setAppidFault(appid: string, message: string | undefined): void {
		if (message === undefined) this.gateway.state.appidFaults.delete(appid);
		else this.gateway.state.appidFaults.set(appid, message);
	}

	/** Campaigns may not hand out this coupon stock. */
	withholdStock(stockId: string): void {
		this.gateway.state.withheldStocks.add(stockId);
	}

	/** A payment for the order query: of `sub_mchid` where given, else of `mchid`; paid by default. */
	addOrder(order: Partial<Order> & { out_trade_no: string }): void {
		const { total = USUAL_ORDER.total } = order;
		const usual = { ...USUAL_ORDER, mchid: MERCHANT.mchid, payer_total: total };
		keepOrder(this.gateway.state, { ...usual, ...order });
	}

	/** A buyer who pays an order. Returns WeChat Pay's notification of it, to be posted or lost. */
	pay(outTradeNo: string, paid: Paid = {}, signing?: Signing): Notified {
		return payOrder(this.gateway.state, outTradeNo, this.gateway.now(), paid, signing);
	}

	/** WeChat Pay's notification of an order that is paid already: the same news, sent anew. */
	tellAgain(outTradeNo: string): Notified {
		const order = this.orders.find((one) => one.out_trade_no === outTradeNo) as Order;
		return paymentNotification(order);
	}

	/** A refund comes to an end, or gets stuck. Returns WeChat Pay's notification of it. */
	settleRefund(
		outRefundNo: string,
		status: 'SUCCESS' | 'ABNORMAL' | 'CLOSED' = 'SUCCESS',
		signing?: Signing,
	): Notified {
		return settleRefund(this.gateway.state, outRefundNo, status, this.gateway.now(), signing);
	}

	/** What WeChat Pay says of transfers that are made from now on; WAIT_USER_CONFIRM by default. */
	setTransferState(state: TransferState): void {
		this.gateway.state.transferState = state;
	}

	/** The next request for a transfer is refused, whether it is made or not. */
	refuseTransfer(refusal: TransferRefusal): void {
		this.gateway.state.transferRefusals.push(refusal);
	}

	/** A transfer goes on, or ends. Returns WeChat Pay's notification of its end. */
	moveTransfer(
		outBillNo: string,
		changes: Pick<Transfer, 'state'> & Partial<Transfer>,
		signing?: Signing,
	): Notified {
		return moveTransfer(this.gateway.state, outBillNo, changes, this.gateway.now(), signing);
	}

	/** A transfer that was made before. */
	addTransfer(transfer: Partial<Transfer> & { out_bill_no: string }): void {
		this.gateway.state.transfers.push({
			mch_id: MERCHANT.mchid,
			transfer_bill_no: newNumber('1330000', 40),
			appid: USUAL_ORDER.appid,
			openid: USUAL_ORDER.openid,
			transfer_amount: 100,
			transfer_remark: '示例',
			state: 'WAIT_USER_CONFIRM',
			content: '',
			rawBody: '',
			created_at: this.gateway.now(),
			updated_at: this.gateway.now(),
			requests: 1,
			...transfer,
		});
	}

	/** What the merchant can refund or transfer from, in fen; without an end by default. */
	setBalance(fen: number): void {
		this.gateway.state.balance = fen;
	}

	/** What WeChat Pay says of refunds that are made from now on; PROCESSING by default. */
	setRefundStatus(status: RefundStatus): void {
		this.gateway.state.refundStatus = status;
	}

	/** A refund that was made before, in Unix seconds. */
	addRefund(
		refund: Partial<Refund> & { out_refund_no: string; out_trade_no: string; sub_mchid?: string },
	): void {
		const { out_trade_no: number, sub_mchid: sub, ...given } = refund;
		const { orders, refunds } = this.gateway.state;
		const order = orders.get(keyOf(sub ?? MERCHANT.mchid, number));
		if (!order) throw new Error(`there is no order ${number}`);
		order.trade_state = 'REFUND';
		refunds.push({
			mchid: MERCHANT.mchid,
			refund_id: newNumber('5030000', 29),
			order,
			refund: order.total,
			status: 'PROCESSING',
			created_at: this.gateway.now(),
			channel: 'ORIGINAL',
			user_received_account: '招商银行信用卡0403',
			requests: 1,
			...given,
		});
	}

	/** Everything on record becomes so many days older; clocks stay, so that signatures do. */
	letDaysPass(days: number): void {
		letDaysPass(this.gateway.state, days);
	}

	/** A complaint of a payer. */
	addComplaint(complaint: Complaint): void {
		this.gateway.state.complaints.push(complaint);
	}

	/** A row of a trade bill beside those of the orders and refunds on record; a payment of 100 fen by default. */
	addTrade(trade: Partial<Trade> & { time: number }): void {
		this.gateway.state.trades.push(completeTrade(trade));
	}

	/** A row of a fund flow bill beside those of what is on record; an income of 100 fen by default. */
	addFlow(flow: Partial<Flow> & { time: number }): void {
		this.gateway.state.flows.push(completeFlow(flow));
	}

	/** How bills are written and handed out; what is not given stays. */
	setBills(settings: Partial<BillSettings>): void {
		this.gateway.state.bills = { ...this.gateway.state.bills, ...settings };
	}

	/** Whether a merchant number exists (商户号无效). The merchant and 19xxxxxxxx do by default. */
	setKnown(mchid: string, known = true): void {
		this.gateway.state.merchants.setKnown(mchid, known);
	}

	/** Makes a merchant number exist and belong to the card's brand. */
	bindToBrand(mchid: string): void {
		this.gateway.state.merchants.setKnown(mchid, true);
		this.gateway.state.merchants.setBound(mchid, true);
	}

	/** The merchant number exists but does not belong to the brand (商户号和品牌关系校验失败). */
	unbindFromBrand(mchid: string): void {
		this.gateway.state.merchants.setKnown(mchid, true);
		this.gateway.state.merchants.setBound(mchid, false);
	}

	/** Whether the calling merchant may use member cards (403 NO_AUTH). */
	setPermission(permitted: boolean, mchid = MERCHANT.mchid): void {
		this.gateway.state.merchants.setPermission(mchid, permitted);
	}

	/** Where notifications of used coupons go. */
	setCouponNotifyUrl(notifyUrl: string): void {
		this.gateway.state.couponNotifyUrl = notifyUrl;
	}

	/** The URL that GET …/callback tells; undefined: none is registered. */
	setNotifyUrl(notifyUrl: string | undefined): void {
		this.gateway.state.notifyUrl = notifyUrl;
	}

	/** Starts with points as if bonus/prepare had been called. */
	prepareBonus(record: {
		card_id: string;
		code: string;
		out_trade_no: string;
		mchid?: string;
		sub_mchid?: string;
		bonus_value: number;
	}): void {
		const { mchid = MERCHANT.mchid, sub_mchid: subMchid, ...rest } = record;
		recordPrepared(this.gateway.state, { merchant: subMchid ?? mchid, ...rest });
	}

	/** Changes WeChat Pay's keys for this merchant; what is not given stays. */
	setKeys(keys: Partial<KeysInUse>): void {
		this.gateway.keys = { ...this.gateway.keys, ...keys };
	}

	/** Numbers of requests so far. */
	get counts(): Counts {
		return this.gateway.counts;
	}

	/** Every order. */
	get orders(): readonly Order[] {
		return [...this.gateway.state.orders.values()];
	}

	/** Every refund. */
	get refunds(): readonly Refund[] {
		return [...this.gateway.state.refunds];
	}

	/** Every transfer. */
	get transfers(): readonly Transfer[] {
		return [...this.gateway.state.transfers];
	}

	/** Every record of points. */
	get bonuses(): readonly Bonus[] {
		return [...this.gateway.state.bonuses.values()];
	}

	/** Every coupon that a user has. */
	get coupons(): readonly Coupon[] {
		return this.gateway.state.coupons;
	}

	/** A user whom WeChat Pay gives no coupon. */
	restrictUser(openid: string): void {
		this.gateway.state.restrictedUsers.add(openid);
	}

	/** Every template, those that were deleted (status DELETED) too. */
	get cards(): readonly Card[] {
		return [...this.gateway.state.cards.values()];
	}

	/** Every user's card, invalid ones too. */
	get members(): readonly Member[] {
		return [...this.gateway.state.members.values()];
	}

	/** Every campaign, those that have ended too. */
	get campaigns(): readonly Campaign[] {
		return [...this.gateway.state.campaigns.values()];
	}

	/** Every phone number that is to be reminded of a card, in plain text. */
	get invitations(): readonly Invitation[] {
		return [...this.gateway.state.invitations.values()];
	}

	/** Every upload. */
	get images(): readonly Image[] {
		return [...this.gateway.state.images];
	}

	/** Where the merchant wants member-card notifications. */
	get notifyUrl(): string | undefined {
		return this.gateway.state.notifyUrl;
	}

	/** The record of one order, of whichever merchant when none is named. */
	bonus(outTradeNo: string, merchant?: string): Bonus | undefined {
		if (merchant !== undefined) return this.gateway.state.bonuses.get(keyOf(merchant, outTradeNo));
		return this.bonuses.find((bonus) => bonus.out_trade_no === outTradeNo);
	}

	/** Adds a rule; rules are consulted in order, a request is hit by one at most. */
	misbehave(rule: Rule): void {
		this.gateway.misbehaviour.add(rule);
	}

	/** Has a schedule tell the fault of each request that no rule hits. */
	misbehaveBy(schedule: Schedule): void {
		this.gateway.misbehaviour.follow(schedule);
	}

	/** Resolves when so many requests have arrived and been processed, answered or not. */
	async untilReceived(count: number): Promise<void> {
		if (this.counts.received >= count) return;
		await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
	}

	/** Forgets everything that was added or done, rules, requests and counts, but no nonce and no change of keys. */
	reset(): void {
		const { inFlight } = this.counts;
		this.gateway.state = new State();
		this.gateway.misbehaviour.clear();
		this.gateway.counts = { ...noCounts(), inFlight, peakInFlight: inFlight };
		this.requests = [];
	}

	/** Closes every connection, stalled ones too. */
	async stop(): Promise<void> {
		const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
		for (const socket of this.sockets) socket.destroy();
		await closed;
	}

	/** The sockets are kept by hand: the server's own list misses connections in their TLS handshake. */
	private keep(socket: Socket): void {
		this.sockets.add(socket);
		socket.on('close', () => this.sockets.delete(socket));
	}

	private receive(incoming: IncomingMessage, response: ServerResponse): void {
		this.countInFlight(response);
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => this.handle(describe(incoming, Buffer.concat(chunks)), response));
	}

	private countInFlight(response: ServerResponse): void {
		const { counts } = this;
		counts.inFlight += 1;
		counts.peakInFlight = Math.max(counts.peakInFlight, counts.inFlight);
		response.on('close', () => {
			this.counts.inFlight -= 1;
		});
	}

	private handle(request: ReceivedRequest, response: ServerResponse): void {
		if (this.options.record !== false) this.requests.push(request);
		this.gateway.handle(request, response);
		this.waiting = this.waiting.filter(({ count, resolve }) => {
			if (this.counts.received >= count) resolve();
			return this.counts.received < count;
		});
	}
}

/** The ports of this process: clients remember what they learn of a base URL. */
const usedPorts = new Set<number>();

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	if (!usedPorts.has(port)) {
		usedPorts.add(port);
		return port;
	}
	await new Promise<void>((resolve) => server.close(() => resolve()));
	return await listen(server);
}

function createServer(
	{ tls = true, certificate = 'tls' }: FakeOptions,
	listener: (incoming: IncomingMessage, response: ServerResponse) => void,
): Server {
	if (!tls) return createHttpServer(listener);
	return createHttpsServer(
		{ cert: pem(`${certificate}-cert.pem`), key: pem(`${certificate}-key.pem`) },
		listener,
	);
}

function describe(incoming: IncomingMessage, rawBody: Buffer): ReceivedRequest {
	return {
		method: incoming.method ?? '',
		url: incoming.url ?? '',
		headers: incoming.headers,
		body: rawBody.toString('utf8'),
		rawBody,
		receivedAt: Date.now(),
		nonce: nonceOf(incoming.headers.authorization),
	};
}
