/** Users who are just opening their card: activation.* of test/support/facts/membercard-api.json. */
import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { answerOf } from '../rules/facts.cts';
import { findCard, findOwnCard } from '../rules/found.cts';
import { invalidRequest } from '../rules/refusal.cts';

/** What WeChat Pay sends a user to the merchant with, and what is behind it. */
export interface Activation {
	card_id: string;
	code: string;
	encrypt_code: string;
	activate_ticket: string;
	nickname?: string;
	head_image_url?: string;
	user_information?: object;
}

/** GET /cards/{card_id}/decrypt-code: the code behind the encrypted one of an H5 activation. */
export function decryptCode(call: Call, { card_id, encrypt_code }: Asked): object {
	findCard(call, card_id);
	const found = call.state.activations.find(
		(activation) => activation.card_id === card_id && activation.encrypt_code === encrypt_code,
	);
	// Neither this refusal nor that of an unknown ticket is documented.
	if (!found) throw invalidRequest('加密code无效');
	return { code: found.code };
}

/** GET /activate-informations/{activate_ticket}: what the user filled in. */
export function getActivation(call: Call, { activate_ticket: ticket }: Asked): object {
	const found = call.state.activations.find(({ activate_ticket }) => activate_ticket === ticket);
	if (!found) throw invalidRequest('activate_ticket无效');
	findOwnCard(call, found.card_id);
	return answerOf('activation.getInformation', found);
}
