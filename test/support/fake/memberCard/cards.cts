/** Member-card templates: card.* of test/support/facts/membercard-api.json. */
import { randomBytes } from 'node:crypto';

import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { answerOf, exampleOf, operation } from '../rules/facts.cts';
import { findCard, findOwnCard } from '../rules/found.cts';
import { MERCHANT } from '../keys.cts';
import { pageOf } from '../rules/paging.cts';
import { invalidRequest, paramError } from '../rules/refusal.cts';
import { chinaTime } from '../rules/times.cts';

export type CodeMode = 'SYSTEM_ALLOCATE' | 'MERCHANT_DEPOSIT' | 'REAL_TIME';

/** A member card template; the names in snake_case are those of card.get. */
export interface Card {
	card_id: string;
	/** Merchant number that created it. */
	creator: string;
	/** Points are turned on (card.setRights, show_bonus). */
	bonusEnabled: boolean;
	/** Not an old official-account card. */
	upgraded: boolean;
	status: string;
	appid: string;
	title: string;
	brand: { brand_id: string; display_name: string };
	code_mode: CodeMode;
	total_quantity: number;
	remain_quantity: number;
	create_time: string;
	update_time: string;
	init_level?: string;
	need_display_level?: boolean;
	/** What card.setRights set. */
	rights?: Record<string, unknown>;
	/** Every code that was deposited. */
	depositedCodes: string[];
	/** The deposited codes that no member has yet. */
	freeCodes: string[];
	/** The targets of the service items on the card, by service_module_id. */
	serviceItems: Record<string, object>;
	[field: string]: unknown;
}

const DEFAULT_QUANTITY = 5_000_000;

/** A template with every documented field: upgraded, with points, reviewed, the merchant's own. */
export function completeCard(card: Partial<Card> & { card_id: string }): Card {
	const example = exampleOf(operation('card.get').response_fields);
	const codes = card.depositedCodes ?? [];
	return {
		...example,
		...ownFields(MERCHANT.mchid),
		bonusEnabled: true,
		status: 'APPROVED',
		total_quantity: DEFAULT_QUANTITY,
		remain_quantity: DEFAULT_QUANTITY,
		...(card.code_mode === 'MERCHANT_DEPOSIT' && { remain_quantity: codes.length }),
		freeCodes: [...codes],
		...card,
	} as Card;
}

/** POST /cards: reviewed at once, since a test has nothing to wait for. */
export function createCard(call: Call, asked: Asked): object {
	checkAppid(call, asked.appid);
	const time = chinaTime(call.now);
	const quantity = asked.code_mode === 'MERCHANT_DEPOSIT' ? 0 : DEFAULT_QUANTITY;
	const total = (asked.total_quantity as number | undefined) ?? quantity;
	const card = {
		need_dynamic_code: false,
		...asked,
		...ownFields(call.mchid),
		card_id: newCardId(),
		status: 'APPROVED',
		total_quantity: total,
		remain_quantity: asked.code_mode === 'MERCHANT_DEPOSIT' ? 0 : total,
		create_time: time,
		update_time: time,
	} as unknown as Card;
	call.state.cards.set(card.card_id, card);
	return answerOf('card.create', card);
}

/** GET /cards */
export function listCards(call: Call, asked: Asked): object {
	const cards = [...call.state.cards.values()].filter(
		(card) =>
			card.creator === call.mchid &&
			card.status !== 'DELETED' &&
			(asked.appid === undefined || card.appid === asked.appid) &&
			(asked.brand_id === undefined || card.brand.brand_id === asked.brand_id),
	);
	const rows = cards.map((card) => answerOf('card.get', card));
	return pageOf(call, rows, asked);
}

/** GET /cards/{card_id} */
export function getCard(call: Call, { card_id }: Asked): object {
	return answerOf('card.get', findCard(call, card_id));
}

/** PATCH /cards/{card_id}: what is not sent stays as it is. */
export function updateCard(call: Call, { card_id, ...changes }: Asked): void {
	const card = findCard(call, card_id);
	checkAppid(call, changes.appid);
	checkCodeMode(card, changes.code_mode);
	const total = (changes.total_quantity as number | undefined) ?? card.total_quantity;
	const issued = card.total_quantity - card.remain_quantity;
	if (card.code_mode !== 'MERCHANT_DEPOSIT') {
		if (total < issued) throw paramError('total_quantity', total, 'is less than issued', 'body');
		card.remain_quantity = total - issued;
	}
	Object.assign(card, changes, { update_time: chinaTime(call.now) });
}

/** DELETE /cards/{card_id}: from then on no operation knows it. */
export function deleteCard(call: Call, { card_id }: Asked): void {
	findCard(call, card_id).status = 'DELETED';
}

/** POST /cards/{card_id}/upgrade: only for a card of the official account. */
export function upgradeCard(call: Call, { card_id, brand_id, appid }: Asked): void {
	const card = findOwnCard(call, card_id);
	if (card.upgraded) throw invalidRequest('会员卡已经迁移');
	checkAppid(call, appid);
	Object.assign(card, { appid, brand: { ...card.brand, brand_id }, upgraded: true });
}

/** PATCH /cards/{card_id}/rights */
export function setRights(call: Call, { card_id, ...rights }: Asked): void {
	const card = findCard(call, card_id);
	card.bonusEnabled = rights.show_bonus as boolean;
	card.rights = { ...card.rights, ...rights };
}

/** POST /cards/{card_id}/codes/deposit: a result for each code; one that starts with FAIL fails. */
export function depositCodes(call: Call, { card_id, code: codes }: Asked): object {
	const card = findCard(call, card_id);
	// That only such cards take codes follows from the modes; the wording is ours.
	if (card.code_mode !== 'MERCHANT_DEPOSIT') throw invalidRequest('会员卡code分配类型非商户预存');
	for (const [index, code] of (codes as string[]).entries()) {
		if (code.length <= 32) continue;
		throw paramError(`code/${index}`, code, 'length must be between 1 and 32', 'body');
	}
	return { data: (codes as string[]).map((code) => ({ code, result: depositCode(card, code) })) };
}

function depositCode(card: Card, code: string): 'SUCCESS' | 'DUPLICATE' | 'FAIL' {
	if (code.startsWith('FAIL')) return 'FAIL';
	if (card.depositedCodes.includes(code)) return 'DUPLICATE';
	card.depositedCodes.push(code);
	card.freeCodes.push(code);
	card.remain_quantity += 1;
	return 'SUCCESS';
}

function ownFields(creator: string) {
	const lists = { depositedCodes: [] as string[], freeCodes: [] as string[], serviceItems: {} };
	return { creator, bonusEnabled: false, upgraded: true, ...lists };
}

function checkAppid({ state }: Call, appid: string | undefined): void {
	const fault = appid === undefined ? undefined : state.appidFaults.get(appid);
	if (fault) throw invalidRequest(fault);
}

function checkCodeMode(card: Card, mode: CodeMode | undefined): void {
	if (mode === undefined || mode === card.code_mode) return;
	const toSystem = mode === 'SYSTEM_ALLOCATE';
	throw invalidRequest(`会员卡code分配类型不支持修改${toSystem ? '为“系统分配”' : ''}`);
}

/** As long as the published example: 28 characters. */
function newCardId(): string {
	return `p${randomBytes(20).toString('base64url')}`;
}
