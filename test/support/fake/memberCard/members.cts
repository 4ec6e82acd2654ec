/** Users' cards: member.* of test/support/facts/membercard-api.json. */
import { createHash } from 'node:crypto';

import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { answerOf } from '../rules/facts.cts';
import { checkBonusEnabled, findCard, findMember, findValidMember } from '../rules/found.cts';
import { pageOf } from '../rules/paging.cts';
import { invalidRequest } from '../rules/refusal.cts';

export type CardStatus = 'NOT_ACTIVATE' | 'EFFECTIVE' | 'EXPIRE' | 'UNAVAILABLE' | 'DELETE';

/** A user's card: one code under one template; the names in snake_case are those of member.get. */
export interface Member {
	card_id: string;
	code: string;
	/** False once the user has deleted it or the merchant has made it invalid. */
	valid: boolean;
	user_card_status: CardStatus;
	bonus_value: number;
	balance: number;
	openid?: string;
	membership_number?: string;
	level?: string;
	nickname?: string;
	head_image_url?: string;
	background_picture_url?: string;
	user_information?: object;
	/** The phone number in plain text. */
	phone?: string;
	/** What member.setPoints set besides the points. */
	rights?: Record<string, unknown>;
	/** Why member.invalidate was called. */
	reason?: string;
	/** The bodies of serviceItem.setUserData. */
	serviceData: object[];
	/** When the user got the card, in Unix seconds. */
	receivedAt?: number;
}

const INVALID: CardStatus[] = ['EXPIRE', 'UNAVAILABLE', 'DELETE'];

/** A user's card with what member.get tells of one: valid, without points and balance. */
export function completeMember(
	member: Partial<Member> & { card_id: string; code: string },
	level?: string,
): Member {
	const { valid = !INVALID.includes(member.user_card_status as CardStatus) } = member;
	return {
		valid,
		user_card_status: valid ? 'EFFECTIVE' : 'DELETE',
		bonus_value: 0,
		balance: 0,
		openid: openidOf(member),
		nickname: '周星星',
		head_image_url: 'http://wx.qlogo.cn/xxx',
		membership_number: member.code,
		level,
		serviceData: [],
		...member,
	};
}

/** GET …/codes/{code}: invalid ones too, whose status tells it. */
export function getMember(call: Call, { card_id, code }: Asked): object {
	findCard(call, card_id);
	return answerOf('member.get', findMember(call, card_id, code));
}

/** PATCH …/codes/{code}: what is not sent stays as it is. */
export function updateMember(call: Call, asked: Asked): void {
	const { card_id, code, balance_information: balances } = asked;
	findCard(call, card_id);
	const member = findValidMember(call, card_id, code);
	if (balances) {
		const { before_balance: before, add_balance: change, balance: after } = balances;
		checkSum(member.balance, before, change, after, '储值余额');
		member.balance = after;
	}
	const { membership_number, background_picture_url, level } = asked;
	Object.assign(member, given({ membership_number, background_picture_url, level }));
}

/** PATCH …/codes/{code}/rights: the points balance, not the points of a payment. */
export function setPoints(call: Call, asked: Asked): void {
	const { card_id, code, before_bonus_value: before, add_bonus_value: change } = asked;
	const { bonus_value: after, member_price_word, fapiao_jump_word, guide } = asked;
	checkBonusEnabled(findCard(call, card_id));
	const member = findValidMember(call, card_id, code);
	if (after !== undefined) {
		checkSum(member.bonus_value, before, change, after, '积分');
		member.bonus_value = after;
	}
	member.rights = { ...member.rights, ...given({ member_price_word, fapiao_jump_word, guide }) };
}

/** POST …/codes/{code}/activate; again changes nothing, as the reference expects. */
export function activateMember(call: Call, { card_id, code, membership_number }: Asked): void {
	findCard(call, card_id);
	const member = findValidMember(call, card_id, code);
	Object.assign(member, given({ membership_number }), { user_card_status: 'EFFECTIVE' });
}

/** POST …/codes/{code}/unavailable, which cannot be undone; again is refused as anything else is. */
export function invalidateMember(call: Call, { card_id, code, reason }: Asked): void {
	findCard(call, card_id);
	const member = findValidMember(call, card_id, code);
	Object.assign(member, { valid: false, user_card_status: 'UNAVAILABLE', reason });
}

/** GET /user/cards: the user's cards under the caller's templates. */
export function listUserCards(call: Call, asked: Asked): object {
	const rows = [...call.state.members.values()]
		.filter(({ openid, card_id, user_card_status: status }) => {
			const card = call.state.cards.get(card_id);
			const isOwn = card?.creator === call.mchid && card.status !== 'DELETED';
			const isAsked = asked.appid === undefined || card?.appid === asked.appid;
			return isOwn && isAsked && openid === asked.openid && status !== 'DELETE';
		})
		.map(({ card_id, code }) => ({ card_id, code }));
	return pageOf(call, rows, asked);
}

/** What happens when the numbers do not fit is not documented, nor is any wording (docs/known-errors.md unknown). */
function checkSum(
	stored: number,
	before: number,
	change: number,
	after: number,
	what: string,
): void {
	if (before !== stored) throw invalidRequest(`变动前${what}与当前${what}不一致`);
	if (before + change !== after) throw invalidRequest(`${what}变动前后的数值不一致`);
}

function given(values: Record<string, unknown>): object {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** An openid for each card, so that members do not become one user by accident. */
function openidOf({ card_id, code }: { card_id: string; code: string }): string {
	const digest = createHash('sha256').update(`${card_id} ${code}`).digest('base64url');
	return `o${digest.slice(0, 27)}`;
}
