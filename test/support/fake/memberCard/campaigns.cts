/** Campaigns that issue cards or coupons: activity.* of test/support/facts/membercard-api.json. */
import { randomInt } from 'node:crypto';

import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { answerOf, exampleOf, operation } from '../rules/facts.cts';
import { findCard } from '../rules/found.cts';
import { MERCHANT } from '../keys.cts';
import { pageOf } from '../rules/paging.cts';
import { invalidRequest, notFound, paramError } from '../rules/refusal.cts';
import { chinaTime, secondsOf } from '../rules/times.cts';

/** A campaign; the names in snake_case are those of activity.get. */
export interface Campaign {
	activity_id: string;
	/** Merchant number that created it. */
	creator: string;
	card_id: string;
	activity_name: string;
	activity_type: string;
	begin_time: string;
	end_time: string;
	create_time: string;
	update_time: string;
	/** Set once it was ended early. */
	terminate_time?: string;
	[field: string]: unknown;
}

export type CampaignStatus = 'CREATED' | 'ONGOING' | 'TERMINATED' | 'OVER_TIME';

const DAY_SECONDS = 24 * 3600;
const LONGEST_SECONDS = 90 * DAY_SECONDS;
const FARTHEST_SECONDS = 365 * DAY_SECONDS;

/** A campaign with every documented field, of `now` and the month after it unless it says otherwise. */
export function completeCampaign(
	campaign: Partial<Campaign> & { card_id: string },
	now: number,
): Campaign {
	const time = chinaTime(now);
	return {
		...exampleOf(operation('activity.get').response_fields),
		activity_id: newActivityId(),
		creator: MERCHANT.mchid,
		create_time: time,
		update_time: time,
		begin_time: time,
		end_time: chinaTime(now + 30 * DAY_SECONDS),
		...campaign,
	} as Campaign;
}

/** What its times make of a campaign; `now` in Unix seconds. */
export function statusOf(campaign: Campaign, now: number): CampaignStatus {
	if (campaign.terminate_time !== undefined) return 'TERMINATED';
	if (now < secondsOf(campaign.begin_time)) return 'CREATED';
	return now > secondsOf(campaign.end_time) ? 'OVER_TIME' : 'ONGOING';
}

/** POST /activities */
export function createCampaign(call: Call, asked: Asked): object {
	checkParties(call, asked);
	checkTimes(asked, call.now);
	const time = chinaTime(call.now);
	const created = { activity_id: newActivityId(), create_time: time, update_time: time };
	const campaign = { ...asked, ...created, creator: call.mchid } as unknown as Campaign;
	call.state.campaigns.set(campaign.activity_id, campaign);
	return tell('activity.create', campaign, call.now);
}

/** GET /activities */
export function listCampaigns(call: Call, asked: Asked): object {
	const rows = [...call.state.campaigns.values()]
		.filter((campaign) => {
			const status = statusOf(campaign, call.now);
			return (
				campaign.creator === call.mchid &&
				campaign.activity_type === asked.activity_type &&
				(asked.card_id === undefined || campaign.card_id === asked.card_id) &&
				(asked.activity_status === undefined || status === asked.activity_status)
			);
		})
		.map((campaign) => tell('activity.get', campaign, call.now));
	return pageOf(call, rows, asked);
}

/** GET /activities/{activity_id} */
export function getCampaign(call: Call, { activity_id }: Asked): object {
	return tell('activity.get', findCampaign(call, activity_id), call.now);
}

/** POST /activities/{activity_id}/terminate, which cannot be undone. */
export function terminateCampaign(call: Call, { activity_id }: Asked): object {
	const campaign = findCampaign(call, activity_id);
	const status = statusOf(campaign, call.now);
	// What a second call answers is not documented; the wording is ours.
	if (status === 'TERMINATED') throw invalidRequest('活动已终止');
	if (status === 'OVER_TIME') throw invalidRequest('活动已结束');
	campaign.terminate_time = chinaTime(call.now);
	campaign.update_time = campaign.terminate_time;
	return { activity_id, terminate_time: campaign.terminate_time };
}

/** The refusal of an unknown campaign is that of sibling interfaces (docs/known-errors.md seen_in_sibling_apis). */
function findCampaign({ state, mchid }: Call, id: string): Campaign {
	const campaign = state.campaigns.get(id);
	if (campaign?.creator === mchid) return campaign;
	throw notFound('RESOURCE_NOT_EXISTS', '资源不存在或无可用');
}

function newActivityId(): string {
	return String(randomInt(1_000_000, 10_000_000_000));
}

function tell(id: string, campaign: Campaign, now: number): object {
	return answerOf(id, { ...campaign, activity_status: statusOf(campaign, now) });
}

/** The card, the merchants and the coupons have to belong together. */
function checkParties(call: Call, asked: Asked): void {
	const { merchants, withheldStocks } = call.state;
	const card = findCard(call, asked.card_id);
	if (!merchants.isBound(call.mchid)) throw invalidRequest('活动创建方需要和会员卡归属品牌号绑定');
	if (card.code_mode === 'REAL_TIME') throw invalidRequest('当前会员卡是实时传入code模式，不支持');
	const exposed = (asked.pay_activity_setting?.mchid_list ?? []) as string[];
	if (exposed.some((mchid) => !merchants.isBound(mchid))) {
		throw invalidRequest('活动曝光商户号需要绑定到会员卡品牌');
	}
	const stocks = (asked.stock_list ?? []) as Array<{ stock_id: string }>;
	if (stocks.some(({ stock_id: id }) => withheldStocks.has(id))) {
		throw invalidRequest('活动创建方未被授权发放此商家券批次');
	}
}

/** "Within one year from now; a campaign lasts at most 90 days." */
function checkTimes({ begin_time, end_time }: Asked, now: number): void {
	const [begin, end] = [secondsOf(begin_time), secondsOf(end_time)];
	const issue =
		(end <= begin && 'is not after begin_time') ||
		(end - begin > LONGEST_SECONDS && 'is more than 90 days after begin_time') ||
		(end - now > FARTHEST_SECONDS && 'is more than a year ahead');
	if (issue) throw paramError('end_time', end_time, issue, 'body');
}
