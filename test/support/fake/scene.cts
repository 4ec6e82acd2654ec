/** The scene that most tests start from: one card, one member, one order whose points are prepared. */
import { constants, publicEncrypt } from 'node:crypto';

import { send, type Got, type Sent } from './client.cts';
import { pem } from './keys.cts';
import { FakeWechatPay, type FakeOptions } from './server.cts';

export const CARD = 'pbLatjvWOibDc5-TBnbUk1pD12o0';
export const CODE = '478515832665';
export const ORDER = '1217752501201407033233368018';
export const MCHID = '1230000109';
export const MEMBER_URL = `/v3/marketing/membercard-open/cards/${CARD}/codes/${CODE}`;
export const COMMIT_URL = `${MEMBER_URL}/bonus/commit`;
export const PREPARE_URL = `${MEMBER_URL}/bonus/prepare`;
export const COMMIT_BODY = { out_trade_no: ORDER, mchid: MCHID, bonus_value: 30 };

/** A fake in that scene. */
export async function openScene(options: FakeOptions = {}): Promise<FakeWechatPay> {
	const fake = await FakeWechatPay.start(options);
	fake.addCard({ card_id: CARD });
	fake.addMember({ card_id: CARD, code: CODE });
	fake.prepareBonus({ card_id: CARD, code: CODE, ...COMMIT_BODY });
	return fake;
}

/** The commit of the scene's order; `sent` changes parts of it. */
export async function commit(fake: FakeWechatPay, sent: Partial<Sent> = {}): Promise<Got> {
	return await send(fake.baseUrl, { url: COMMIT_URL, body: COMMIT_BODY, ...sent });
}

/** Status, code and message of an answer, short to compare. */
export function said({ status, body }: Got): string {
	if (body.length === 0) return String(status);
	const { code, message } = JSON.parse(body.toString()) as { code: string; message: string };
	return `${status} ${code} ${message}`;
}

/** The number that ends the Request-ID. */
export function numberOf({ headers }: Got): number {
	return Number(String(headers['request-id']).split('-').pop());
}

/** A request of any endpoint, signed in order. */
export async function ask(
	fake: FakeWechatPay,
	method: string,
	url: string,
	body?: object,
	sent: Partial<Sent> = {},
): Promise<Got> {
	return await send(fake.baseUrl, { method, url, body, ...sent });
}

/** The JSON of an answer, not checked any further. */
export function json({ body }: Got): any {
	return JSON.parse(body.toString());
}

/** A field encrypted for the key of public-key mode, or of the certificate in another file of test/support/keys. */
export function encrypted(plaintext: string, file = 'wechatpay-public-key.pem'): string {
	const key = { key: pem(file), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
	return publicEncrypt(key, Buffer.from(plaintext)).toString('base64');
}
