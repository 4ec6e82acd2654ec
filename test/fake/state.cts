/** What WeChat Pay knows: the truth that tests compare outcomes with. */
import { MERCHANT } from './keys.cts';

/** A member card template. */
export interface Card {
	card_id: string;
	/** Merchant number that created it. */
	creator: string;
	/** Points are turned on (card.setRights, show_bonus). */
	bonusEnabled: boolean;
	/** Not an old official-account card. */
	upgraded: boolean;
}

/** A user's card: one code under one template. */
export interface Member {
	card_id: string;
	code: string;
	/** False once the user has deleted it. */
	valid: boolean;
}

/** A payment, as the order query knows it. */
export interface Order {
	out_trade_no: string;
	mchid: string;
	sub_mchid?: string;
	trade_state: string;
}

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

	/** By merchant number and out_trade_no. */
	readonly bonuses = new Map<string, Bonus>();

	/** Where the merchant wants member-card notifications. */
	notifyUrl?: string;
}

/** Key of `members`, `orders` and `bonuses`; unambiguous whatever the two names contain. */
export function keyOf(owner: string, name: string): string {
	return JSON.stringify([owner, name]);
}

function isUsual(mchid: string): boolean {
	return mchid === MERCHANT.mchid || USUAL_SUB_MERCHANT.test(mchid);
}
