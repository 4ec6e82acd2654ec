import { appParameters, jsapiParameters, signingMoment } from '../../apiv3/clientSignature';
import type { Merchant } from '../../apiv3/merchant';
import { systemClock } from '../../client/clock';
import type { Row } from '../../client/response/parseResponse';
import { isPending } from '../../client/response/stateResult';
import type { Request } from '../../client/types';
import type { Operation } from '../spec';

/** WeChat Pay refuses requests whose clock is further off than this, so that neither can be off by more. */
const MAX_CLOCK_OFFSET_MS = 5 * 60 * 1000;

/**
 * Whether WeChat Pay is still working on it, and whether it was done before this request was first sent.
 *
 * @param since when it was first sent, in ms since 1970
 */
export function marks({ response = NOTHING }: Operation, object: Row, since: number): Row {
	const { earlier } = response;
	const pending = isPending(object, response) ? { pending: true } : {};
	const doneAt = Date.parse(String(object[earlier?.time ?? '']));
	const isEarlier = earlier && doneAt < since - MAX_CLOCK_OFFSET_MS;
	return { ...pending, ...(isEarlier ? { [earlier.mark]: true, note: earlier.note } : {}) };
}

const NOTHING = { requiredFields: [] };

/** A URL of the response with a value of the form, encoded. */
export function appended({ appends }: Operation, object: Row, form: Record<string, unknown>): Row {
	const url = object[appends?.to ?? ''];
	const value = form[appends?.value ?? ''];
	if (!appends || typeof url !== 'string' || typeof value !== 'string') return {};
	const joint = url.includes('?') ? '&' : '?';
	return { [appends.to]: `${url}${joint}${appends.value}=${encodeURIComponent(value)}` };
}

/**
 * What the front end of the shop starts the payment with. It starts in the account or app of the sub-merchant where that
 * one's AppID was sent, and in that of who made the order otherwise.
 */
export function frontEnd(
	{ frontEnd: kind }: Operation,
	{ sent }: Request,
	{ prepay_id: prepayId }: Row,
	{ privateKey }: Pick<Merchant, 'privateKey'>,
	moment = signingMoment(systemClock.now()),
): Row {
	if (!kind) return {};
	const ofSubMerchant = sent.sub_appid !== undefined;
	const appId = String(ofSubMerchant ? sent.sub_appid : (sent.sp_appid ?? sent.appid));
	const start = { appId, prepayId: String(prepayId), ...moment };
	if (kind === 'jsapi') return { pay: jsapiParameters(start, privateKey) };
	const merchant = ofSubMerchant ? sent.sub_mchid : (sent.sp_mchid ?? sent.mchid);
	return { pay: appParameters(start, String(merchant), privateKey) };
}
