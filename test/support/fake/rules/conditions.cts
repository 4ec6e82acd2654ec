/** Fields that are required because of others, as far as the documentation is clear about it. */
import { invalidRequest, paramError } from './refusal.cts';

type Body = Record<string, unknown>;
type Condition = (body: Body) => void;

/** By operation. */
const CONDITIONS: Record<string, Condition[]> = {
	'card.create': [checkLevel, checkValidity, checkBalanceTarget],
	'card.update': [checkLevel, checkValidity, checkBalanceTarget],
	'card.setRights': [checkPointsTarget],
	'distribution.createQrCode': [checkActivation],
	'distribution.createPermissionToken': [checkActivation],
	'member.setPoints': [checkPoints],
	'callback.set': [checkNotifyUrl],
	'refund.create': [checkNotifyUrl],
	'transfer.create': [checkNotifyUrl],
	...Object.fromEntries(
		['Jsapi', 'Native', 'App', 'H5'].flatMap((kind) =>
			[`payment.create${kind}`, `payment.partnerCreate${kind}`].map((id) => [id, [checkNotifyUrl]]),
		),
	),
};

/** Throws 400 for the first field that is missing or out of place. */
export function checkConditions(id: string, body: Body): void {
	for (const check of CONDITIONS[id] ?? []) check(body);
}

function checkLevel({ need_display_level: shown, init_level: level }: Body): void {
	if (shown === true && level === undefined) throw missing('init_level');
}

function checkValidity({ date_information: dates }: Body): void {
	if (dates === undefined) return;
	const needed: Record<string, string[]> = {
		FIX_TIME_RANGE: ['available_begin_time', 'available_end_time'],
		FIX_TERM: ['available_day_after_receive'],
		PERMANENT: [],
	};
	const { type } = dates as { type: string };
	requireAll(dates as Body, needed[type], 'date_information/');
}

function checkBalanceTarget({ balance_information: balance }: Body): void {
	const { balance_appid: appid, balance_path: path } = (balance ?? {}) as Body;
	if (appid !== undefined && path === undefined) throw invalidRequest('储值小程序path为空');
}

function checkPointsTarget({ bonus }: Body): void {
	const { bonus_jump_appid: appid, bonus_jump_path: path } = (bonus ?? {}) as Body;
	if (appid !== undefined && path === undefined) throw invalidRequest('积分跳转path为空');
}

function checkActivation(body: Body): void {
	if (body.activate_appid !== undefined) requireAll(body, ['activate_path']);
	if (body.activate_type !== 'JUMP_ACTIVATE' || body.activate_appid !== undefined) return;
	requireAll(body, ['activate_url']);
}

/** "Send the three points fields together". */
function checkPoints(body: Body): void {
	const names = ['before_bonus_value', 'bonus_value', 'add_bonus_value'];
	if (names.some((name) => body[name] !== undefined)) requireAll(body, names);
}

/** https, directly reachable, no query string. */
function checkNotifyUrl({ notify_url: url }: Body): void {
	if (url === undefined || /^https:\/\/[^/?#]+(\/[^?#]*)?$/.test(url as string)) return;
	throw paramError('notify_url', url, 'must be https without a query', 'body');
}

function requireAll(values: Body, names: string[], pointer = ''): void {
	for (const name of names) {
		if (values[name] === undefined) throw missing(pointer + name);
	}
}

function missing(name: string): Error {
	return paramError(name, undefined, 'is required', 'body');
}
