/** Orders: what WeChat Pay knows of them, and how they are found. */
import type { Call } from '../call.cts';
import { keyOf, type State } from '../state.cts';

/** A payment. */
export interface Order {
	out_trade_no: string;
	mchid: string;
	sub_mchid?: string;
	trade_state: string;
	/** Known once it was paid. */
	transaction_id?: string;
	/** Fen. */
	total: number;
	payer_total: number;
	appid: string;
	sub_appid?: string;
	openid: string;
	attach: string;
	/** Unix seconds. */
	success_time: number;
	trade_type: string;
	/** Of an order that was made by a request: what was asked, the last moment to pay, where to tell of it, what is in bills. */
	content?: string;
	expires_at?: number;
	notify_url?: string;
	description?: string;
	device_id?: string;
}

/** Of orders that nobody said more about. */
export const USUAL_TRANSACTION = '4200001234202611230000000001';

export const USUAL_ORDER = {
	trade_state: 'SUCCESS',
	total: 100,
	appid: 'wxd678efh567hg6787',
	openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
	attach: '',
	success_time: Date.parse('2026-11-23T10:34:56+08:00') / 1000,
	trade_type: 'JSAPI',
};

/** The merchant that takes the payment. */
export function merchantOf({ sub_mchid, mchid }: Pick<Order, 'mchid' | 'sub_mchid'>): string {
	return sub_mchid ?? mchid;
}

/** Order numbers are unique for the merchant number that calls, all its sub-merchants together. */
export function orderOfCaller({ state, mchid }: Call, outTradeNo: string): Order | undefined {
	return [...state.orders.values()].find(
		(order) => order.mchid === mchid && order.out_trade_no === outTradeNo,
	);
}

export function keepOrder(state: State, order: Order): void {
	state.orders.set(keyOf(merchantOf(order), order.out_trade_no), order);
}

/** Whether it was paid, refunded or not. */
export function isPaid({ trade_state: state }: Order): boolean {
	return state === 'SUCCESS' || state === 'REFUND';
}

/** A number of so many digits, another one each time. */
export function newNumber(start: string, digits: number): string {
	sequence += 1;
	return start + String(sequence).padStart(digits - start.length, '0');
}

let sequence = 0;
