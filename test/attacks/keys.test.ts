/**
 * Whatever is pasted into a field of the credential is read, or refused in words that name the field and show nothing of
 * what was pasted; and n8n is not held up by it.
 */
import fc from 'fast-check';

import { encryptField } from '../../nodes/apiv3/cipher';
import type { CredentialValues } from '../../nodes/apiv3/merchantConfig';
import { CredentialValueError, LABEL, readApiV3Key } from '../../nodes/apiv3/merchantConfig';
import {
	certificateSerial,
	KeyFormatError,
	readCertificates,
	readPrivateKey,
	readPublicKey,
	verificationKey,
} from '../../nodes/apiv3/keys';
import { toMerchant, signedHeaders } from '../../nodes/apiv3/merchant';
import { notificationKeys } from '../../nodes/apiv3/notificationKeys';
import { CREDENTIAL, PLATFORM_A } from '../support/fake/keys.cts';
import { bounded } from './bounded.cts';
import { always, PATIENCE } from './madeUp.cts';
import { heavyTexts, pastedText, wholeTexts } from './pastedTexts.cts';
import { faultsOf } from './words.cts';

const BOTH = {
	...CREDENTIAL,
	verification: 'both',
	platformCertificates: PLATFORM_A.certificatePem,
};

const FIELDS = Object.keys(LABEL) as Array<keyof typeof LABEL>;

/** Messages may name these, whoever pasted them. */
const PUBLIC = [...Object.values(LABEL), 'https://api.mch.weixin.qq.com', 'PUB_KEY_ID_'];

const READERS = {
	readPrivateKey,
	readPublicKey,
	readCertificates,
	certificateSerial,
	verificationKey,
};

/** What a message shows of a text: sixteen characters in a row of it, or more. */
function shownOf(text: string, message: string): string[] {
	const told = PUBLIC.reduce((sofar, one) => sofar.replaceAll(one, '\n'), message);
	const shown: string[] = [];
	// Any sixteen in a row hold eight that begin at a multiple of nine.
	for (let eight = 0; eight + 8 <= told.length; eight += 9) {
		if (!text.includes(told.slice(eight, eight + 8))) continue;
		for (let start = Math.max(0, eight - 8); start <= eight; start += 1) {
			const piece = told.slice(start, start + 16);
			if (piece.length === 16 && text.includes(piece)) shown.push(piece);
		}
	}
	return shown;
}

function thrownBy(work: () => unknown): unknown {
	try {
		work();
		return undefined;
	} catch (error) {
		return error;
	}
}

function expectRead(text: string): void {
	const reads = Object.entries(READERS);
	const all = bounded(() =>
		reads.map(([name, read]) => ({ name, thrown: thrownBy(() => read(text)) })),
	);
	for (const { name, thrown } of all) {
		if (thrown === undefined) continue;
		expect({ name, thrown }).toEqual({ name, thrown: expect.any(KeyFormatError) });
		expect(shownOf(text, (thrown as Error).message)).toEqual([]);
	}
}

async function expectUsable(credential: CredentialValues): Promise<void> {
	const merchant = toMerchant(credential);
	await signedHeaders(merchant, { method: 'GET', url: 'https://host/v3/path' });
	for (const key of merchant.keys.values()) encryptField('+8613800138000', key);
}

function expectNamed(value: unknown, thrown: unknown): void {
	expect(thrown).toEqual(expect.any(CredentialValueError));
	const { message } = thrown as Error;
	expect(Object.values(LABEL).filter((label) => message.startsWith(`'${label}'`))).toHaveLength(1);
	expect(faultsOf(message)).toEqual([]);
	expect(shownOf(String(value), message)).toEqual([]);
}

async function expectRefusedOrUsable(credential: CredentialValues, value: unknown): Promise<void> {
	const [thrown, ...others] = bounded(() =>
		[toMerchant, readApiV3Key, notificationKeys].map((read) => thrownBy(() => read(credential))),
	);
	if (thrown === undefined) await expectUsable(credential);
	else expectNamed(value, thrown);
	for (const other of others) if (other !== undefined) expectNamed(value, other);
}

it(
	'every key of every kind, in every field',
	async () => {
		for (const [, text] of wholeTexts) {
			expectRead(text);
			for (const field of FIELDS) await expectRefusedOrUsable({ ...BOTH, [field]: text }, text);
		}
	},
	PATIENCE,
);

it(
	'whatever copying made of it',
	async () => {
		await always(200, fc.tuple(pastedText, fc.constantFrom(...FIELDS)), async ([text, field]) => {
			expectRead(text);
			await expectRefusedOrUsable({ ...BOTH, [field]: text }, text);
		});
	},
	PATIENCE,
);

// A key may have 64 kB, and that much is looked at; what is larger is none.
describe.each([60_000, 1_000_000])('%d characters of', (size) => {
	it.each(heavyTexts(size))('%s', (_name, text) => {
		expectRead(text);
		const fields = ['mchid', 'serialNo', 'publicKeyId', 'baseUrl'] as const;
		const refusals = bounded(() => [
			...fields.map((field) => thrownBy(() => toMerchant({ ...BOTH, [field]: text }))),
			thrownBy(() => readApiV3Key({ apiV3Key: text })),
		]);
		for (const thrown of refusals) expectNamed(text, thrown);
	});
});

const otherValues: Array<[string, unknown]> = [
	['a number', 1],
	['a list', [CREDENTIAL.privateKey]],
	['an object', { key: CREDENTIAL.privateKey }],
	['an object that is no text', { toString: CREDENTIAL.privateKey }],
	['true', true],
	['null', null],
	['nothing', undefined],
];

it.each(otherValues)('%s in the place of a text', async (_name, value) => {
	for (const field of FIELDS) await expectRefusedOrUsable({ ...BOTH, [field]: value }, '');
});
