/** What WeChat Pay knows: the truth that tests compare outcomes with. */
import { USUAL_BILLS, type HandedOut, type BillSettings } from './trade/bills.cts';
import type { Card } from './memberCard/cards.cts';
import type { Activation } from './memberCard/activation.cts';
import type { MallPayment } from './trade/businessCircle.cts';
import type { Campaign } from './memberCard/campaigns.cts';
import type { Complaint } from './trade/complaints.cts';
import type { Coupon, Stock } from './trade/coupons.cts';
import type { Image } from './memberCard/images.cts';
import type { Invitation } from './memberCard/invitations.cts';
import { MERCHANT } from './keys.cts';
import type { Member } from './memberCard/members.cts';
import type { NumberedRequest } from './rules/requestNumbers.cts';
import { usualServiceModules } from './memberCard/serviceItems.cts';
import type { Flow, Trade } from './trade/trades.cts';
import type { Order } from './trade/order.cts';
import type { Refund, RefundStatus } from './trade/refunds.cts';
import type { Transfer, TransferRefusal, TransferState } from './trade/transfers.cts';

export type { Card, Member };

/** The points shown for one payment, named by merchant number and out_trade_no. */
export interface Bonus {
	/** Merchant number that took the payment: sub_mchid where sent, else mchid. */
	merchant: string;
	card_id: string;
	code: string;
	out_trade_no: string;
	/** Points to be shown after the payment ("to be credited"). */
	prepared?: number;
	/** Points shown as credited. */
	committed?: number;
	/** How many commit calls were processed; a repeat that was answered 204 again counts too. */
	commits: number;
}

/** Sub-merchants of these numbers are known and bound to the brand unless a test says otherwise. */
const USUAL_SUB_MERCHANT = /^19\d{8}$/;

/** Which merchant numbers exist, belong to the card's brand, and may use member cards. */
export class Merchants {
	private readonly known = new Map<string, boolean>();

	private readonly bound = new Map<string, boolean>();

	private readonly withoutPermission = new Set<string>();

	setKnown(mchid: string, known: boolean): void {
		this.known.set(mchid, known);
	}

	setBound(mchid: string, bound: boolean): void {
		this.bound.set(mchid, bound);
	}

	setPermission(mchid: string, permitted: boolean): void {
		if (permitted) this.withoutPermission.delete(mchid);
		else this.withoutPermission.add(mchid);
	}

	isKnown(mchid: string): boolean {
		return this.known.get(mchid) ?? isUsual(mchid);
	}

	isBound(mchid: string): boolean {
		return this.bound.get(mchid) ?? isUsual(mchid);
	}

	isPermitted(mchid: string): boolean {
		return !this.withoutPermission.has(mchid);
	}
}

export class State {
	readonly merchants = new Merchants();

	readonly cards = new Map<string, Card>();

	/** By card_id and code. */
	readonly members = new Map<string, Member>();

	/** By merchant number and out_trade_no. */
	readonly orders = new Map<string, Order>();

	readonly refunds: Refund[] = [];

	readonly transfers: Transfer[] = [];

	readonly complaints: Complaint[] = [];

	/** What WeChat Pay says of a transfer that was just made. */
	transferState: TransferState = 'WAIT_USER_CONFIRM';

	/** What it says to the next requests for a transfer. */
	readonly transferRefusals: TransferRefusal[] = [];

	/** What the merchant can refund or transfer from, in fen. */
	balance = Infinity;

	/** What WeChat Pay says of a refund that was just made. */
	refundStatus: RefundStatus = 'PROCESSING';

	/** By merchant number and out_trade_no. */
	readonly bonuses = new Map<string, Bonus>();

	readonly campaigns = new Map<string, Campaign>();

	/** By card_id and phone number. */
	readonly invitations = new Map<string, Invitation>();

	/** What trade bills are made of. */
	readonly trades: Trade[] = [];

	/** What fund flow bills are made of. */
	readonly flows: Flow[] = [];

	/** By token. */
	readonly files = new Map<string, HandedOut>();

	bills: BillSettings = USUAL_BILLS;

	readonly images: Image[] = [];

	readonly activations: Activation[] = [];

	/** When the owner of a phone number last paid the merchant, in Unix seconds. */
	readonly payers = new Map<string, number>();

	readonly serviceModules = usualServiceModules();

	/** Why an AppID can't be used, by AppID; the others can. */
	readonly appidFaults = new Map<string, string>();

	/** Coupon stocks that campaigns may not hand out. */
	readonly withheldStocks = new Set<string>();

	/** Coupon stocks by stock_id, and the coupons that users have of them. */
	readonly stocks = new Map<string, Stock>();

	readonly coupons: Coupon[] = [];

	/** OpenIDs of users whom WeChat Pay gives no coupon. */
	readonly restrictedUsers = new Set<string>();

	/** By transaction_id. */
	readonly mallPayments = new Map<string, MallPayment>();

	readonly parkings: Array<{ plate_number: string; state: string }> = [];

	/** By merchant number and out_request_no. */
	readonly requestNumbers = new Map<string, NumberedRequest>();

	/** Where the merchant wants member-card notifications. */
	notifyUrl?: string;

	/** Where the merchant wants notifications of used coupons. */
	couponNotifyUrl?: string;
}

/** Key of what has two names, an owner and its own; unambiguous whatever the two names contain. */
export function keyOf(owner: string, name: string): string {
	return JSON.stringify([owner, name]);
}

function isUsual(mchid: string): boolean {
	return mchid === MERCHANT.mchid || USUAL_SUB_MERCHANT.test(mchid);
}
