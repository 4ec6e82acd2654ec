import type { KeyObject } from 'node:crypto';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

import { appParameters, jsapiParameters } from '../../../nodes/apiv3/clientSignature';

/**
 * The published examples of https://pay.weixin.qq.com/doc/v3/merchant/4012365341 (JSAPI) and 4012365339 (App). Their
 * private key is not repeated here: with the public half the published signatures show that the messages are those
 * that this package signs.
 */
const INPUT = {
	appId: 'wx2421b1c4370ec43b',
	timeStamp: '1554208460',
	nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
	prepayId: 'wx201410272009395522657a690389285100',
};
const PUBLISHED_KEY = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAptpm+qvIDCh/9wjU26SQ
CK26ogYkBhDrYxnAaw2JbbBsp1oDbHKk+1r381NeBUG2HEFAuU+Fr72u5ot3yKdz
oF/FajAzQNKnm569/D3upKoi8mYBaST15Uig8j8qoUW1U217LL0jEHlSnHV3lcaD
TXqDpTRR4Bfz9IqOgJgFZ8/oTfEomSrjrLYef81Eyxr7ZIMQXEKKEK7V4UXKS0+/
fDsiG/cXidhzt8UbTL9vqXqxM2+IDImyO+FAc/tkBG55LmzxPto1Nq0WbnZzRM/w
Tzrd0I/8NlevxtFbphg4evlHjFNI7+GrqR87ViEwuAJJ9Je5QQjct5YJfFRWiZ5C
MQIDAQAB
-----END PUBLIC KEY-----`);
const JSAPI_SIGN =
	'mI35pfNEQV6777ke/1T+LJLQDNTm7yeoUJH+j/adPGhmCCi0PbgkvYQTRcXH0uibcLVtvFLdGLpmoYO9FV6lBBsTAjuhh5YOvQi0e2g3e0yytitiNET9FEuqM0pjnKfRW4K6LIZDdbWJv9KhZUx3DrJa5TL7OJ7VdADVivxVySIlPVKjGwuCXzuXSJes0UcILgWQUMyha5/3nYofuHtS7r+KYyMuxD+oJ9VM1Qdxk4UIG59CP5Y3wtYIFybyF3bdu1caHTRRX+DLyMXyYA/IrTmiW01c4RPjpHBX5Dk1sZyY1zVsWNsvMHr2e1NTWtBxKJ+qk5N61J7caYoepHFaxw==';
const APP_SIGN =
	'gXx9KhTP6IooKV1SuG3OCGlBIgZbKtubCZvnau6khw1iffvNT28IzLbKmztq2xA/RCNbZa1XOsoiuVmAEeTZQicWfhv4P+O4oBRIrx0X9f3cnWFkMBU9alTWs0nyQ1N9fcILOTe0f4kxOhVh+/Xhn5hOiUK7Sz3XA1mcpa3R2NCWf/e+0ow/RDf15iTymOHgDrEkT/gedg/3E0iXfDX3mFicSZhrHESZDOTXcl9RzELREBUFznd/o2NQM99WcL86m23HY0cTy+QGWU4QDmNrbQ9ihmLW71qPb0Cx/d7EQvw/Kyx0A6s64ZQp3hHdcmiRcLnjVXrKCk7LShaCK+lS3Q==';

const own = generateKeyPairSync('rsa', { modulusLength: 2048 });

const isSigned = (message: string, signature: string, key: KeyObject) =>
	verify('sha256', Buffer.from(message), key, Buffer.from(signature, 'base64'));

const JSAPI_MESSAGE = `${INPUT.appId}\n${INPUT.timeStamp}\n${INPUT.nonceStr}\nprepay_id=${INPUT.prepayId}\n`;
const APP_MESSAGE = `${INPUT.appId}\n${INPUT.timeStamp}\n${INPUT.nonceStr}\n${INPUT.prepayId}\n`;

it('the published signatures are of these messages, and of no other', () => {
	expect(isSigned(JSAPI_MESSAGE, JSAPI_SIGN, PUBLISHED_KEY)).toBe(true);
	expect(isSigned(APP_MESSAGE, APP_SIGN, PUBLISHED_KEY)).toBe(true);
	expect(isSigned(APP_MESSAGE, JSAPI_SIGN, PUBLISHED_KEY)).toBe(false);
	expect(isSigned(JSAPI_MESSAGE.trim(), JSAPI_SIGN, PUBLISHED_KEY)).toBe(false);
});

it('JSAPI and mini program: the message of the published example is signed, in the form that WeChat takes', () => {
	const { paySign, ...others } = jsapiParameters(INPUT, own.privateKey);
	expect(isSigned(JSAPI_MESSAGE, paySign, own.publicKey)).toBe(true);
	expect(others).toEqual({
		appId: INPUT.appId,
		timeStamp: '1554208460',
		nonceStr: INPUT.nonceStr,
		package: `prepay_id=${INPUT.prepayId}`,
		signType: 'RSA',
	});
});

it('App: the message of the published example is signed, in the form that OpenSDK takes', () => {
	const { sign, ...others } = appParameters(INPUT, '1900007291', own.privateKey);
	expect(isSigned(APP_MESSAGE, sign, own.publicKey)).toBe(true);
	expect(others).toEqual({
		appid: INPUT.appId,
		partnerid: '1900007291',
		prepayid: INPUT.prepayId,
		package: 'Sign=WXPay',
		noncestr: INPUT.nonceStr,
		timestamp: '1554208460',
	});
});
