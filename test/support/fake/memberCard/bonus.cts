/** POST …/bonus/prepare and …/bonus/commit (test/support/facts/membercard-api.json points.prepare, points.commit). */
import { noContent, type Answer, type Call } from '../call.cts';
import {
	checkFields,
	optional,
	positiveInteger,
	readBody,
	readQuery,
	text,
} from '../rules/fields.cts';
import { checkBonusEnabled, checkPermission, findCard, findValidMember } from '../rules/found.cts';
import { invalidRequest, NUMBER, paramError, type Refusal } from '../rules/refusal.cts';
import { keyOf, type Bonus, type State } from '../state.cts';

const PATH = { card_id: text(1, 32), code: text(1, 32) };
const BODY = {
	out_trade_no: text(1, 32),
	mchid: optional(text(1, 32, /^\d+$/)),
	sub_mchid: optional(text(1, 32, /^\d+$/)),
	bonus_value: positiveInteger(),
};

interface BonusRequest {
	merchant: string;
	card_id: string;
	code: string;
	out_trade_no: string;
	bonus_value: number;
}

/** 204: the points will be shown after the payment. */
export function prepareBonus(call: Call): Answer {
	const asked = readBonusRequest(call);
	const bonus = call.state.bonuses.get(keyOf(asked.merchant, asked.out_trade_no));
	if (bonus && !sameBonus(bonus, asked)) throw differs();
	if (!bonus) recordPrepared(call.state, asked);
	return noContent();
}

/** 204: the points are shown as credited. */
export function commitBonus(call: Call): Answer {
	const asked = readBonusRequest(call);
	const bonus = call.state.bonuses.get(keyOf(asked.merchant, asked.out_trade_no));
	if (bonus?.card_id !== asked.card_id || bonus.code !== asked.code) {
		// What WeChat Pay really answers to a commit without prepare is not documented.
		throw invalidRequest('该订单未设置支付后展示的积分');
	}
	// An earlier commit had the prepared value too, so this compares with both.
	if (!sameBonus(bonus, asked)) throw differs();
	// Inferred (docs/protocol.md, Prepare and Commit): the call sets a state, so the same call again sets the same state.
	bonus.committed = asked.bonus_value;
	bonus.commits += 1;
	return noContent();
}

/** Notes prepared points, from the wire or from a test that starts with them. */
export function recordPrepared(state: State, asked: BonusRequest): void {
	const { bonus_value: prepared, ...name } = asked;
	state.bonuses.set(keyOf(asked.merchant, asked.out_trade_no), { ...name, prepared, commits: 0 });
}

function readBonusRequest(call: Call): BonusRequest {
	readQuery(call.request.url, {});
	checkFields(call.path, PATH, 'uri');
	const body = readBody(call.request, BODY);
	const merchant = payeeOf(body, call.mchid);
	const { card_id, code } = call.path;
	checkPermission(call);
	checkBonusEnabled(findCard(call, card_id));
	checkPayee(call, merchant);
	findValidMember(call, card_id, code);
	const { out_trade_no, bonus_value } = body as { out_trade_no: string; bonus_value: number };
	return { merchant, card_id, code, out_trade_no, bonus_value };
}

/**
 * The merchant that took the payment. Whether a partner may send mchid too is unknown (protocol.md
 * f.4); it is let through here when it is the caller's own.
 */
function payeeOf(body: Record<string, unknown>, caller: string): string {
	const { mchid, sub_mchid: subMchid } = body as { mchid?: string; sub_mchid?: string };
	if (mchid !== undefined && mchid !== caller) {
		const message = 'http header中的mchid与post payload中的mchid不匹配';
		throw paramError('mchid', mchid, 'is not the mchid of Authorization', 'body', message);
	}
	const payee = subMchid ?? mchid;
	if (payee === undefined) throw paramError('mchid', undefined, 'is required', 'body');
	return payee;
}

function checkPayee({ state }: Call, merchant: string): void {
	if (!state.merchants.isKnown(merchant)) throw invalidRequest('商户号无效');
	if (!state.merchants.isBound(merchant)) throw invalidRequest('商户号和品牌关系校验失败');
}

function sameBonus(bonus: Bonus, asked: BonusRequest): boolean {
	return (
		bonus.card_id === asked.card_id &&
		bonus.code === asked.code &&
		bonus.prepared === asked.bonus_value
	);
}

/** The number is published as "repeated request with different parameters", the text is ours. */
function differs(): Refusal {
	return invalidRequest('积分值与此前的请求不一致', NUMBER.parametersDiffer);
}
