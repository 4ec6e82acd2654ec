/** Ways to hand out a card: distribution.* of test/support/facts/membercard-api.json. */
import { randomBytes } from 'node:crypto';

import type { Call } from '../call.cts';
import type { Asked } from '../rules/endpoint.cts';
import { findCard } from '../rules/found.cts';
import { invalidRequest } from '../rules/refusal.cts';

/** POST /cards/{card_id}/qrcode: 200 with the URL that the QR code is made of. */
export function createQrCode(call: Call, { card_id }: Asked): object {
	const card = findCard(call, card_id);
	if (card.code_mode === 'REAL_TIME') throw invalidRequest('扫码投放场景不支持实时code模式');
	return { url: `https://w.url.cn/s/${randomBytes(6).toString('base64url')}` };
}

/** POST /cards/{card_id}/permission-tokens: 200 with a token for the mini program card component. */
export function createPermissionToken(call: Call, { card_id }: Asked): object {
	findCard(call, card_id);
	return { permission_token: randomBytes(90).toString('base64url') };
}
