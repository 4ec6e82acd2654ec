/**
 * The Test button speaks to whoever the base URL names: it never throws, waits no longer and reads no further than it
 * should, and says "OK" for nobody but WeChat Pay.
 */
import { skipDeadlines } from '../support/engine/skipWaits.cts';
import { pressTest } from '../unit/credentials/testButton.cts';
import type { HostileAnswer } from './hostileAnswers.cts';
import { answering, hostileAnswer, noAnswers, logins, tooLarge } from './hostileAnswers.cts';
import { always, PATIENCE } from './madeUp.cts';
import { secretsOfRun } from './secrets.cts';
import { type Answering, Target } from './target.cts';
import { faultsOf } from './words.cts';

skipDeadlines();

const secrets = secretsOfRun();

async function press(answer: Answering): Promise<string> {
	const target = await Target.start();
	target.answer = answer;
	const result = await pressTest(target.credential);
	await target.stop();
	expect({ result, faults: faultsOf(result.message) }).toEqual({ result, faults: [] });
	expect(secrets.in(result)).toEqual([]);
	return result.status;
}

/** Whether WeChat Pay signed it. */
const isGenuine = ({ isSigned, headers }: HostileAnswer) =>
	isSigned && !Object.keys(headers).some((name) => /^wechatpay-/i.test(name));

it(
	'hostile answers',
	async () => {
		await always(100, hostileAnswer, async (answer) => {
			const status = await press(answering(answer));
			if (!isGenuine(answer)) expect(status).toBe('Error');
		});
	},
	PATIENCE,
);

it.each([...logins, ...tooLarge])('%s', async (_name, answer) => {
	expect(await press(answer)).toBe('Error');
});

it(
	'what is no response, in the ten seconds that the button waits',
	async () => {
		const found = await Promise.all(
			noAnswers.map(async ([name, answer]) => [name, await press(answer)]),
		);
		expect(found).toEqual(noAnswers.map(([name]) => [name, 'Error']));
	},
	PATIENCE,
);
