/** Members that the merchant brings along: member.importByOpenid and member.importByPhone. */
import { randomInt } from 'node:crypto';

import type { Call } from '../call.cts';
import type { Card } from './cards.cts';
import type { Asked } from '../rules/endpoint.cts';
import { findCard } from '../rules/found.cts';
import { completeMember, type Member } from './members.cts';
import { invalidRequest, paramError, type Location } from '../rules/refusal.cts';
import { keyOf } from '../state.cts';

type Person = Pick<Member, 'openid' | 'phone'>;

/** POST /cards/{card_id}/users/import: 200 with the code. */
export function importByOpenid(call: Call, { card_id, openid, code }: Asked): object {
	return importMember(call, card_id, { openid }, code);
}

/** POST /cards/{card_id}/phone-membercard/import; such a member has no openid before claiming the card. */
export function importByPhone(call: Call, asked: Asked): object {
	const { card_id, encrypted_phone_number: phone, code } = asked;
	checkPhone(phone);
	const unclaimed = { phone, openid: undefined, nickname: undefined, head_image_url: undefined };
	return importMember(call, card_id, unclaimed, code);
}

/** A mainland China number, decrypted. */
export function checkPhone(phone: string, location: Location = 'body'): void {
	if (/^1\d{10}$/.test(phone)) return;
	throw paramError('encrypted_phone_number', undefined, 'is no mainland China number', location);
}

/** A card whose codes the merchant passes has to come with one. */
export function checkCodeGiven({ code_mode: mode }: Card, code: string | undefined): void {
	if (mode === 'REAL_TIME' && code === undefined) {
		throw invalidRequest('会员卡code为实时模式，需要传入卡code');
	}
}

/** Nobody holds a card twice; one that became invalid does not count. */
export function checkNotClaimed({ state }: Call, cardId: string, { openid, phone }: Person): void {
	const holds = [...state.members.values()].some(
		(member) =>
			member.card_id === cardId &&
			member.valid &&
			((openid !== undefined && member.openid === openid) ||
				(phone !== undefined && member.phone === phone)),
	);
	if (holds) throw invalidRequest('会员已经领取过该卡');
}

function importMember(
	call: Call,
	cardId: string,
	person: Person,
	askedCode: string | undefined,
): object {
	const card = findCard(call, cardId);
	checkCodeGiven(card, askedCode);
	checkNotClaimed(call, cardId, person);
	const code = takeCode(call, card, askedCode);
	const bonus = card.rights?.bonus as { init_bonus?: number } | undefined;
	const start = { bonus_value: bonus?.init_bonus ?? 0, receivedAt: call.now };
	const member = completeMember({ card_id: cardId, code, ...start, ...person }, card.init_level);
	call.state.members.set(keyOf(cardId, code), member);
	return { code };
}

/** A code that is sent matters for REAL_TIME only; the others have a source of their own. */
function takeCode(call: Call, card: Card, asked: string | undefined): string {
	const { state } = call;
	// The wordings of this function are ours: running out is not in the error table.
	if (card.code_mode !== 'MERCHANT_DEPOSIT' && card.remain_quantity < 1) {
		throw invalidRequest('会员卡库存不足');
	}
	if (card.code_mode === 'MERCHANT_DEPOSIT' && card.freeCodes.length === 0) {
		throw invalidRequest('商户预存的卡code已用完');
	}
	const code = card.code_mode === 'REAL_TIME' ? (asked as string) : nextCode(card);
	if (state.members.has(keyOf(card.card_id, code))) throw invalidRequest('卡code已被使用');
	card.remain_quantity -= 1;
	return code;
}

function nextCode(card: Card): string {
	if (card.code_mode === 'MERCHANT_DEPOSIT') return card.freeCodes.shift() as string;
	return Array.from({ length: 12 }, () => randomInt(10)).join('');
}
