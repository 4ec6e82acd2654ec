/** The things a call is about, found or refused; every endpoint asks in the same order. */
import type { Call } from '../call.cts';
import { invalidRequest, noPermission } from './refusal.cts';
import { keyOf, type Card, type Member } from '../state.cts';

/** The calling merchant may use member cards (403 NO_AUTH). */
export function checkPermission({ state, mchid }: Call): void {
	if (!state.merchants.isPermitted(mchid)) throw noPermission();
}

/** The caller's own template, upgraded or not. */
export function findOwnCard({ state, mchid }: Call, cardId: string): Card {
	const card = state.cards.get(cardId);
	if (!card || card.status === 'DELETED') throw invalidRequest('会员卡ID无效');
	if (card.creator !== mchid) throw invalidRequest('会员卡的创建商户号不等于调用方商户号');
	return card;
}

/** The caller's own template, no longer one of the official account. */
export function findCard(call: Call, cardId: string): Card {
	const card = findOwnCard(call, cardId);
	if (!card.upgraded) throw invalidRequest('请先升级会员卡才能使用此功能');
	return card;
}

/** The template has points turned on. */
export function checkBonusEnabled(card: Card): void {
	if (!card.bonusEnabled) throw invalidRequest('没有开通会员积分权益服务');
}

/** The user's card with this code, whatever its status. */
export function findMember({ state }: Call, cardId: string, code: string): Member {
	const member = state.members.get(keyOf(cardId, code));
	if (!member) throw invalidRequest('code不存在');
	return member;
}

/** The user's card with this code, neither deleted nor invalid. */
export function findValidMember(call: Call, cardId: string, code: string): Member {
	const member = findMember(call, cardId, code);
	if (!member.valid) throw invalidRequest('用户会员卡无效');
	return member;
}
