/**
 * Nothing that an execution leaves shows a secret: what n8n keeps of it, item by item and as it writes it to its database,
 * what was thrown with all that hangs on it, and n8n's log at its most talkative.
 */
import { stringify } from 'flatted';
import type { INode } from 'n8n-workflow';

import { runOperation } from '../support/engine/operation.cts';
import { skipDeadlines } from '../support/engine/skipWaits.cts';
import { pem } from '../support/fake/keys.cts';
import { forms, usualItem } from './forms.cts';
import { noAnswers, logins, tooLarge } from './hostileAnswers.cts';
import { PATIENCE } from './madeUp.cts';
import { captureLog, lines } from './n8nLog.cts';
import { secretsOfRun } from './secrets.cts';
import { answerRightly } from './rightAnswer.cts';
import { type Answering, Target, answerWith } from './target.cts';

skipDeadlines();

const secrets = secretsOfRun();

let target: Target;

beforeAll(captureLog);

beforeEach(async () => {
	lines.length = 0;
	// What one does not answer is not held against the next.
	target = await Target.start();
});

afterEach(async () => {
	await target.stop();
});

const waysOut: Array<INode['onError']> = [
	'stopWorkflow',
	'continueErrorOutput',
	'continueRegularOutput',
];

async function expectNoLeak(
	answer: Answering,
	form = forms.find(({ operation }) => operation.value === 'importByPhone') ?? forms[0],
	changes: object = {},
): Promise<void> {
	target.answer = answer;
	for (const onError of waysOut) {
		const { run } = await runOperation({
			resource: form.resource,
			operation: form.operation.value,
			parameters: form.parameters,
			items: [{ json: usualItem(form) }],
			credential: { ...target.credential, ...changes },
			options: { retries: 0, timeout: 10_000 },
			onError,
		});
		expect(run.data.resultData.runData).not.toEqual({});
		expect(secrets.in(run.data)).toEqual([]);
		expect(secrets.in(stringify(run.data))).toEqual([]);
	}
	expect(secrets.in(lines)).toEqual([]);
}

it.each([...noAnswers, ...logins, ...tooLarge])(
	'%s',
	async (_name, answer) => await expectNoLeak(answer),
	PATIENCE,
);

it.each(forms.map((form) => [`${form.resource}.${form.operation.value}`, form] as const))(
	'%s, when all is well',
	async (_name, form) => await expectNoLeak(answerRightly(form), form),
);

const misplaced: Array<[string, object]> = [
	['a field of another name', { apiclientKey: pem('merchant-key.pem') }],
	['the public key', { publicKey: pem('merchant-key.pem') }],
	['the serial number', { serialNo: pem('merchant-key.pem') }],
	['the merchant ID', { mchid: pem('merchant-key.pem') }],
	['the base URL', { baseUrl: pem('merchant-key.pem') }],
	['the brand', { brandId: pem('merchant-key.pem') }],
];

it.each(misplaced)('the private key in the place of %s', async (_name, changes) => {
	await expectNoLeak(answerWith({}), undefined, changes);
});

it("n8n's log is heard", async () => {
	await expectNoLeak(answerWith({}));
	expect(lines).not.toEqual([]);
	lines.push({ to: [pem('merchant-key.pem')] });
	expect(secrets.in(lines)).not.toEqual([]);
});
