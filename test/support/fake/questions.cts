/** What can be asked of a fake in a child process, and answered; everything is plain JSON. */
import type { Fault } from './misbehaviour.cts';
import { chinaSeconds } from '../days.cts';
import type { Counts, FakeOptions, FakeWechatPay, Order } from './server.cts';
import type { Bonus } from './state.cts';

/** Options without the clock, which can't travel. */
export type ChildOptions = Omit<FakeOptions, 'now'>;

export interface Answers {
	/** Counts, and over all points: how many are prepared, committed, and committed more than once. */
	counts: Counts & { prepared: number; committed: number; repeated: number };
	reset: null;
	/** The names of the prepared orders. */
	seed: { card_id: string; code: string; bonus_value: number; out_trade_nos: string[] };
	seedBill: null;
	/** The record of one order; null when there is none. */
	bonus: Bonus | null;
	misbehave: null;
}

export type Question =
	| { ask: 'counts' | 'reset' }
	| { ask: 'seed'; orders: number; card_id?: string; code?: string; bonus_value?: number }
	| ({ ask: 'seedBill'; day: string; rows: number } & Partial<
			Pick<Order, 'description' | 'attach'>
	  >)
	| { ask: 'bonus'; out_trade_no: string }
	| { ask: 'misbehave'; fault: Fault; times?: number };

/** The answer to one question. */
export function answerQuestion(fake: FakeWechatPay, question: Question): Answers[Question['ask']] {
	switch (question.ask) {
		case 'counts':
			return { ...fake.counts, ...sumOf(fake.bonuses) };
		case 'reset':
			fake.reset();
			return null;
		case 'seed':
			return seed(fake, question);
		case 'seedBill':
			seedBill(fake, question);
			return null;
		case 'bonus':
			return fake.bonus(question.out_trade_no) ?? null;
		case 'misbehave':
			fake.misbehave(question);
			return null;
	}
}

/** A card, a member and so many prepared orders, ORDER00000001 and on. */
function seed(fake: FakeWechatPay, question: Extract<Question, { ask: 'seed' }>): Answers['seed'] {
	const { card_id = 'pbLatjvWOibDc5-TBnbUk1pD12o0', code = '478515832665' } = question;
	const { bonus_value = 30 } = question;
	fake.addCard({ card_id });
	fake.addMember({ card_id, code });
	const out_trade_nos = Array.from({ length: question.orders }, (_, index) => orderName(index + 1));
	for (const out_trade_no of out_trade_nos) {
		fake.prepareBonus({ card_id, code, out_trade_no, bonus_value });
	}
	return { card_id, code, bonus_value, out_trade_nos };
}

const DAY_SECONDS = 24 * 3600;

/** One row of so many is a refund. */
const REFUND_EVERY = 20;

/** A day whose bill has so many rows, refunds among them. */
function seedBill(
	fake: FakeWechatPay,
	{ ask: _, day, rows, ...texts }: Extract<Question, { ask: 'seedBill' }>,
): void {
	for (let number = 1; number <= rows; number += 1) {
		const time = chinaSeconds(day, '00:00:00') + (number % DAY_SECONDS);
		const order = `${day}-${orderName(number)}`;
		if (number % REFUND_EVERY > 0) {
			fake.addOrder({ out_trade_no: order, success_time: time, total: number, ...texts });
		} else {
			const paid = `${day}-${orderName(number - 1)}`;
			fake.addRefund({ out_trade_no: paid, out_refund_no: `R-${order}`, created_at: time });
		}
	}
}

function orderName(number: number): string {
	return `ORDER${String(number).padStart(8, '0')}`;
}

function sumOf(bonuses: readonly Bonus[]) {
	return {
		prepared: bonuses.filter(({ prepared }) => prepared !== undefined).length,
		committed: bonuses.filter(({ committed }) => committed !== undefined).length,
		repeated: bonuses.filter(({ commits }) => commits > 1).length,
	};
}
