/** /v3/marketing/membercard-open/callback: where member-card notifications go. */
import { ok, type Answer, type Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { checkNoBody, readQuery } from '../rules/fields.cts';
import { notFound } from '../rules/refusal.cts';

/** GET: 200 with notify_url and mchid, or 404 RESOURCE_NOT_EXISTS when none was registered. */
export function getCallback({ request, state, mchid }: Call): Answer {
	checkNoBody(request);
	readQuery(request.url, {});
	if (state.notifyUrl === undefined) throw notFound('RESOURCE_NOT_EXISTS', '资源不存在或无可用');
	return ok({ notify_url: state.notifyUrl, mchid });
}

/** PATCH: one URL for each merchant number, the new one in place of the old one. */
export function setCallback({ state, mchid }: Call, { notify_url }: Asked): object {
	state.notifyUrl = notify_url as string;
	return { notify_url, mchid };
}
