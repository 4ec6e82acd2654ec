/** wechatpay-axios-plugin, another implementation by other people, signs and encrypts what the trigger reads. */
import { randomBytes } from 'node:crypto';

import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';

import type { N8n } from '../../support/engine/webhook.cts';
import { MERCHANT, pem, PUBLIC_KEY } from '../../support/fake/keys.cts';
import type { Posted } from '../../support/fake/notification.cts';
import { ACTIVATION } from '../../support/fake/notification.cts';
import { notify, openTrigger, started } from './scene.cts';

let n8n: N8n;

beforeEach(async () => {
	n8n = await openTrigger();
});

afterEach(async () => {
	await n8n.stop();
});

/** A notification of which no line was written by us. */
function theirs(associated_data: string | undefined, keyFile = 'wechatpay-key.pem'): Posted {
	const nonce = randomBytes(6).toString('hex');
	const text = JSON.stringify(ACTIVATION);
	const ciphertext = Aes.AesGcm.encrypt(text, MERCHANT.apiV3Key, nonce, associated_data ?? '');
	const body = JSON.stringify({
		id: `EV-${nonce}`,
		create_time: '2026-11-25T10:35:53+08:00',
		event_type: 'MEMBERCARD.ACTIVATE_CARD',
		resource_type: 'encrypt-resource',
		resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce, associated_data },
	});
	const timestamp = String(Formatter.timestamp());
	const line = Formatter.nonce();
	const key = Rsa.from(pem(keyFile), Rsa.KEY_TYPE_PRIVATE);
	return {
		headers: {
			'Content-Type': 'application/json',
			'Wechatpay-Timestamp': timestamp,
			'Wechatpay-Nonce': line,
			'Wechatpay-Serial': PUBLIC_KEY.serial,
			'Wechatpay-Signature': Rsa.sign(Formatter.response(timestamp, line, body), key),
		},
		body: Buffer.from(body),
	};
}

it.each([
	['with associated data', 'membercard'],
	['with empty associated data', ''],
	['without associated data', undefined],
])('%s, it starts the workflow', async (_, associated) => {
	expect((await notify(n8n, theirs(associated))).status).toBe(204);
	expect(started(n8n)).toEqual([expect.objectContaining({ resource: ACTIVATION })]);
});

it('signed with another key, it does not', async () => {
	expect((await notify(n8n, theirs('', 'platform-a-key.pem'))).status).toBe(401);
	expect(started(n8n)).toEqual([]);
});
