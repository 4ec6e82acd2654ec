/** The search that the attacks rely on: what it is to find, it finds; what is none, it leaves alone. */
import { createPrivateKey } from 'node:crypto';

import { MERCHANT, pem } from '../support/fake/keys.cts';
import { secretsOfRun } from './secrets.cts';

const PHONE = '13800138000';

const secrets = secretsOfRun({ phone: PHONE });
const key = MERCHANT.privateKeyPem;
// The first lines hold the modulus, which the certificate shows to everybody.
const line = key.split('\n')[12];
const der = Buffer.from(key.replace(/-----.*-----|\s/g, ''), 'base64');
const { d, qi } = createPrivateKey(key).export({ format: 'jwk' });
const withBasic = Buffer.from(`user:${MERCHANT.apiV3Key}`);

const planted: Array<[string, unknown]> = [
	['the key in a message', new Error(`cannot read ${key}`)],
	['a line of it in a cause', new Error('no', { cause: new Error(line) })],
	['a line of it in a stack', Object.assign(new Error('no'), { stack: `no at ${line}` })],
	['half a line of it, deep', { a: [{ b: { c: { d: { e: { f: [line.slice(20, 40)] } } } } }] }],
	['its JSON', JSON.stringify({ data: { key } })],
	['the JSON of its JSON', JSON.stringify(JSON.stringify({ key: line }))],
	['a URL with it', `https://host/?key=${encodeURIComponent(key)}`],
	['a URL with a line of it', `https://host/?key=${encodeURIComponent(line)}`],
	['its bytes in hex', der.toString('hex')],
	['some of its bytes as a Buffer', { body: der.subarray(700, 740) }],
	['its bytes as JSON has a Buffer', JSON.stringify(der)],
	['its bytes, differently cut, in base64', der.subarray(661, 800).toString('base64')],
	['its text in base64', Buffer.from(key).toString('base64')],
	['its text in base64, in something else', Buffer.from(`{"k":"${key}"}`).toString('base64')],
	['its private exponent', { d }],
	['its last number in base64', Buffer.from(String(qi), 'base64url').toString('base64')],
	['the APIv3 key', { message: `wrong key ${MERCHANT.apiV3Key}` }],
	['half of the APIv3 key', MERCHANT.apiV3Key.slice(8, 24)],
	['a login with the APIv3 key', withBasic.toString('base64')],
	['the same for a URL', withBasic.toString('base64url')],
	['the APIv3 key in hex', withBasic.toString('hex').toUpperCase()],
	['the phone number in a row', { row: [`Mr Li, ${PHONE}`] }],
	['the phone number in base64', Buffer.from(`+${PHONE}`).toString('base64')],
	['a hidden part', Object.defineProperty({}, 'request', { value: key, enumerable: false })],
	['a key of a map', new Map([[MERCHANT.apiV3Key, 1]])],
	['the header', { headers: { Authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1"' } }],
];

it.each(planted)('finds %s', (_name, value) => {
	expect(secrets.in(value)).not.toEqual([]);
});

const harmless: Array<[string, unknown]> = [
	["another merchant's key", pem('other-merchant-key.pem')],
	["WeChat Pay's public key", pem('wechatpay-public-key.pem')],
	["the merchant's certificate", pem('merchant-cert.pem')],
	['the name of the merchant', { mchid: MERCHANT.mchid, serial: MERCHANT.serialNo }],
	['the markers of a key', '-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----'],
	['nothing', undefined],
];

it.each(harmless)('is not misled by %s', (_name, value) => {
	expect(secrets.in(value)).toEqual([]);
});
