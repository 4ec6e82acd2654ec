import { createPublicKey } from 'node:crypto';

import { MERCHANT, pem } from './support/fake/keys.cts';

type Door = Record<string, (...given: unknown[]) => unknown>;

/** The built package, as a program gets it. */
const open = (): Door => jest.requireActual<Door>('../index.js');

const NAMES = [
	'WechatPay',
	'WechatPayApi',
	'WechatPayMemberCard',
	'WechatPayTrigger',
	'authorization',
	'certificateSerial',
	'decryptField',
	'decryptResource',
	'encryptField',
	'readPrivateKey',
	'readPublicKey',
	'requestMessage',
	'responseMessage',
	'sign',
	'signTestNotification',
	'verify',
	'verifyHttp',
];

describe('index.js', () => {
	it('exports the agreed names and no others, all of them functions', () => {
		const door = open();
		expect(Object.keys(door).sort()).toEqual(NAMES);
		for (const name of NAMES) expect(door[name]).toBeInstanceOf(Function);
	});

	it('exports the nodes and the credential under their names', () => {
		const { WechatPay, WechatPayApi, WechatPayMemberCard, WechatPayTrigger } =
			open() as unknown as Record<
				string,
				new () => { name?: string; description?: { name: string } }
			>;
		expect(new WechatPay().description?.name).toBe('wechatPay');
		expect(new WechatPayMemberCard().description?.name).toBe('wechatPayMemberCard');
		expect(new WechatPayTrigger().description?.name).toBe('wechatPayTrigger');
		expect(new WechatPayApi().name).toBe('wechatPayApi');
	});

	it('works without n8n', () => {
		jest.isolateModules(() => {
			const missing = () => {
				throw new Error('n8n is not installed');
			};
			jest.doMock('n8n-workflow', missing);
			jest.doMock('n8n-core', missing);
			const door = open();
			const request = { method: 'GET', url: '/v3/x', timestamp: 1, nonce: 'n' };
			const message = door.requestMessage(request) as string;
			expect(message).toBe('GET\n/v3/x\n1\nn\n\n');
			const signature = door.sign(message, MERCHANT.privateKeyPem) as string;
			expect(door.verify(message, signature, pem('merchant-cert.pem'))).toBe(true);
			expect(
				door.authorization({ ...request, ...MERCHANT, privateKey: MERCHANT.privateKeyPem }),
			).toContain(`signature="${signature}"`);
			const own = createPublicKey(MERCHANT.privateKeyPem).export({ type: 'spki', format: 'pem' });
			const field = door.encryptField('x', own);
			expect(door.decryptField(field, MERCHANT.privateKeyPem)).toBe('x');
			expect(door.certificateSerial(pem('merchant-cert.pem'))).toBe(MERCHANT.serialNo);
			expect(door.verifyHttp({ headers: {}, body: '', keys: {} })).toEqual({
				ok: false,
				reason: 'missing-header',
			});
			expect(door.WechatPayApi).toHaveProperty('name', 'WechatPayApi');
			// The proof that the stand-in is in place: only the nodes need n8n.
			expect(() => door.WechatPay).toThrow('n8n is not installed');
			expect(() => door.WechatPayMemberCard).toThrow('n8n is not installed');
			expect(() => door.WechatPayTrigger).toThrow('n8n is not installed');
			jest.dontMock('n8n-workflow');
			jest.dontMock('n8n-core');
		});
	});
});
