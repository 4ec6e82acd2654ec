/** Reminders after a payment, by phone number: invitation.* of test/support/facts/membercard-api.json. */
import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { findCard } from '../rules/found.cts';
import { checkCodeGiven, checkNotClaimed, checkPhone } from './imports.cts';
import type { Member } from './members.cts';
import { invalidRequest, notFound } from '../rules/refusal.cts';
import { keyOf } from '../state.cts';
import { chinaTime } from '../rules/times.cts';

/** The owner of a phone number is to be reminded of a card. */
export interface Invitation {
	card_id: string;
	/** In plain text. */
	phone: string;
	registration_time: string;
	code?: string;
	membership_number?: string;
	outer_str?: string;
}

const YEAR_SECONDS = 365 * 24 * 3600;

/** POST /phonenumber-member/import; the same again replaces the reminder, as there is no request number. */
export function importPhone(call: Call, asked: Asked): void {
	const { member_information: information, encrypted_phone_number: phone, outer_str } = asked;
	const { card_id, code } = information;
	checkPhone(phone);
	checkCodeGiven(findCard(call, card_id), code);
	checkNotClaimed(call, card_id, { phone });
	const paidAt = call.state.payers.get(phone) ?? -Infinity;
	if (call.now - paidAt > YEAR_SECONDS) {
		throw invalidRequest('该会员1年内未在本商家有微信支付交易，无法导入');
	}
	call.state.invitations.set(keyOf(card_id, phone), { ...information, phone, outer_str });
}

/** GET /phonenumber-member/search: RECEIVED once somebody with this number has claimed the card. */
export function getInvitationStatus(call: Call, asked: Asked): object {
	const { card_id, encrypted_phone_number: phone } = asked;
	checkPhone(phone, 'query');
	const card = findCard(call, card_id);
	const member = [...call.state.members.values()].find(
		(candidate) => candidate.card_id === card_id && candidate.phone === phone && candidate.openid,
	);
	if (member) return received(call, member, card.appid);
	if (call.state.invitations.has(keyOf(card_id, phone))) return { receive_status: 'UNRECEIVED' };
	// What an unknown number answers is not documented.
	throw notFound('RESOURCE_NOT_EXISTS', '资源不存在或无可用');
}

function received(
	call: Call,
	{ card_id, code, openid, receivedAt }: Member,
	appid: string,
): object {
	const time = chinaTime(receivedAt ?? call.now);
	return {
		receive_status: 'RECEIVED',
		user_card_information: { code, openid, receive_time: time, card_appid: appid, card_id },
	};
}
