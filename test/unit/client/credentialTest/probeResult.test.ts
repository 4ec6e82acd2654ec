/** What the Test button says of a response, word for word. */
import { toMerchant } from '../../../../nodes/apiv3/merchant';
import type { VerificationReason } from '../../../../nodes/apiv3/verification';
import { LIST, PROBES } from '../../../../nodes/client/credentialTest/probe';
import {
	describeUnverifiedProbe,
	isPublicKeyMode,
	rejected,
} from '../../../../nodes/client/credentialTest/probeResult';
import { CREDENTIAL, PLATFORM_A, PUBLIC_KEY } from '../../../support/fake/keys.cts';

const [ECHO] = PROBES;
const merchant = toMerchant(CREDENTIAL);
const both = toMerchant({
	...CREDENTIAL,
	verification: 'both',
	platformCertificates: PLATFORM_A.certificatePem,
});

const answer = (status: number, body: object | string, headers = {}) => ({
	status,
	headers,
	body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
	sentAt: 0,
	receivedAt: 0,
	at: Date.parse('2026-12-01T00:00:00Z'),
});

describe('a refusal', () => {
	it.each<[string, number, object | string, string]>([
		[
			'of the signature',
			401,
			{ code: 'SIGN_ERROR', message: '错误的签名，验签失败' },
			`WeChat Pay refused: the signature was not accepted (SIGN_ERROR). Check that 'Merchant Private Key' is the key of the certificate in 'Merchant Certificate Serial Number', and that 'Merchant ID' is theirs. See WeChat Pay's own words: 错误的签名，验签失败`,
		],
		[
			'of the signature, without words',
			401,
			{ code: 'SIGN_ERROR' },
			`WeChat Pay refused: the signature was not accepted (SIGN_ERROR). Check that 'Merchant Private Key' is the key of the certificate in 'Merchant Certificate Serial Number', and that 'Merchant ID' is theirs.`,
		],
		[
			'of the merchant for a reason that is not known',
			401,
			{ code: 'NEW', message: '新的' },
			`WeChat Pay refused the request (NEW). Check 'Merchant ID' and 'Merchant Certificate Serial Number' first. See WeChat Pay's own words: 新的`,
		],
		[
			'of the signature where it saw other bytes',
			401,
			{ code: 'SIGN_ERROR', detail: { sign_information: { sign_message_length: 1 } } },
			`WeChat Pay refused: the signature was not accepted (SIGN_ERROR). Check 'Merchant ID' and 'Merchant Certificate Serial Number' first. WeChat Pay checked 1 bytes, 106 were signed: a proxy on the way changes the request.`,
		],
		[
			'that says nothing about the merchant',
			400,
			{ code: 'NEW', message: '新的' },
			"WeChat Pay refused the request (NEW). See WeChat Pay's own words: 新的",
		],
		[
			'with a meaning that its words only tell',
			404,
			{ code: 'RESOURCE_NOT_EXISTS', message: 'x' },
			"WeChat Pay refused: what the request names does not exist (RESOURCE_NOT_EXISTS). Check the IDs of this item. See WeChat Pay's own words: x",
		],
		[
			'of somebody else',
			403,
			'<html>',
			"WeChat Pay refused the request (403). The response has no code of WeChat Pay: check the proxy and 'Base URL' of the credential.",
		],
		[
			'of somebody else who could not answer',
			502,
			'',
			"WeChat Pay refused the request (502). The response has no code of WeChat Pay: check the proxy and 'Base URL' of the credential.",
		],
		[
			'that passes',
			429,
			{ code: 'RATELIMIT_EXCEEDED', message: '频率超限' },
			"WeChat Pay does not respond now (RATELIMIT_EXCEEDED). Test again in a few minutes. WeChat Pay's words: 频率超限",
		],
		[
			'that passes, without words',
			500,
			{ code: 'SYSTEM_ERROR' },
			'WeChat Pay does not respond now (SYSTEM_ERROR). Test again in a few minutes.',
		],
	])('%s', (_, status, body, message) => {
		expect(rejected(answer(status, body), ECHO, merchant)).toEqual({ status: 'Error', message });
	});

	const late = { Date: 'Tue, 01 Dec 2026 00:10:00 GMT' };

	it('names no clock where the signature was accepted', () => {
		const { message } = rejected(
			answer(400, { code: 'NEW', message: '新的' }, late),
			ECHO,
			merchant,
		);
		expect(message).toBe("WeChat Pay refused the request (NEW). See WeChat Pay's own words: 新的");
	});

	it('names the clock before the fields', () => {
		const { message } = rejected(answer(401, { code: 'NEW' }, late), ECHO, merchant);
		expect(message).toBe(
			"WeChat Pay refused the request (NEW). WeChat Pay's clock is 600 seconds later than the clock of this n8n. Look up the code on WeChat Pay's page of this operation.",
		);
	});
});

describe('no list of certificates, for the merchant has a public key,', () => {
	const missing = answer(404, { code: 'RESOURCE_NOT_EXISTS', message: '无可用的平台证书' });

	it('is what the list alone says', () => {
		expect(isPublicKeyMode(missing, LIST)).toBe(true);
		expect(isPublicKeyMode(missing, ECHO)).toBe(false);
		expect(isPublicKeyMode(answer(404, '<html>'), LIST)).toBe(false);
	});

	it('proves the signature of whoever uses that key, and is told to all others', () => {
		expect(rejected(missing, LIST, merchant)).toEqual({
			status: 'OK',
			message: "WeChat Pay accepts the merchant's signature",
		});
		const withoutKeys = { ...merchant, wechatPaySerial: undefined };
		for (const other of [{ ...merchant, wechatPaySerial: PLATFORM_A.serial }, withoutKeys]) {
			expect(rejected(missing, LIST, other)).toEqual({
				status: 'Error',
				message: expect.stringContaining('(RESOURCE_NOT_EXISTS): choose the public key') as unknown,
			});
		}
	});
});

describe('a response that does not verify', () => {
	const PUBLIC = 'PUB_KEY_ID_1';

	it.each<[VerificationReason, string, string]>([
		[
			'missing-header',
			'',
			"it has no signature. A proxy or firewall may respond itself or take the Wechatpay-* headers away; check it and 'Base URL'.",
		],
		[
			'duplicate-header',
			'AB',
			"it has a Wechatpay-* header more than once. A proxy on the way may add headers; check it and 'Base URL'.",
		],
		[
			'unsupported-type',
			'AB',
			"its signature is of another type than SHA256-RSA2048. Use an RSA key of WeChat Pay in 'WeChat Pay Public Key' or 'Platform Certificates'.",
		],
		[
			'clock',
			'AB',
			'its time and the clock of this n8n are more than five minutes apart. Set the clock of the machine that runs n8n (NTP).',
		],
		['probe', 'AB', 'WeChat Pay sent test signatures (WECHATPAY/SIGNTEST/) only. Test again.'],
		[
			'unknown-serial',
			'AB',
			`it is signed with the key AB, the credential has ${PUBLIC_KEY.serial}, ${PLATFORM_A.serial}. Check 'Verify Responses With': Both fits a merchant who moves to the public key.`,
		],
		[
			'bad-signature',
			PUBLIC,
			`'WeChat Pay Public Key' is not the key of 'WeChat Pay Public Key ID' (${PUBLIC}). Download both again under API security in the merchant platform.`,
		],
		[
			'bad-signature',
			'AB',
			"its signature does not fit the certificate AB in 'Platform Certificates'. Something on the way changes responses; check the proxy.",
		],
	])('%s (%s)', (reason, serial, finding) => {
		const given = answer(200, '', { 'Wechatpay-Serial': serial });
		expect(describeUnverifiedProbe(reason, given, both)).toEqual({
			status: 'Error',
			message: `The response could not be verified: ${finding}`,
		});
	});
});

it('shows nothing of a response that could not be printed', () => {
	const hostile = '\u001b[31m\u202e\n<img src=x onerror=alert(1)>';
	const detail = { field: hostile, issue: hostile, sign_information: { url: hostile } };
	for (const status of [400, 401, 403, 413, 429, 500]) {
		for (const code of ['SIGN_ERROR', 'PARAM_ERROR', hostile]) {
			const response = answer(status, { code, message: hostile, detail }, { date: hostile });
			expect(rejected(response, ECHO, merchant).message).not.toMatch(/[<\p{C}]/u);
		}
	}
	const headers = { 'Wechatpay-Serial': hostile };
	const told = describeUnverifiedProbe('unknown-serial', answer(200, '', headers), merchant);
	expect(told.message).not.toMatch(/[<\p{C}]/u);
});
