/**
 * Whatever answers: the item gets exactly one outcome with a message to be read, within the time and the size that the
 * node allows, nobody else is spoken to, and nothing is done unless WeChat Pay signed that it is.
 */
import type { IDataObject } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { skipDeadlines } from '../support/engine/skipWaits.cts';
import { CARD, CODE, ORDER } from '../support/fake/scene.cts';
import { Connections } from './connections.cts';
import type { HostileAnswer } from './hostileAnswers.cts';
import {
	answering,
	deepJson,
	hostileAnswer,
	logins,
	noAnswers,
	tooLarge,
} from './hostileAnswers.cts';
import { always, PATIENCE } from './madeUp.cts';
import { secretsOfRun } from './secrets.cts';
import { type Answering, signed, Target } from './target.cts';
import { faultsOf } from './words.cts';

skipDeadlines();

const secrets = secretsOfRun();

let target: Target;
let connections: Connections;

beforeEach(async () => {
	target = await Target.start();
	connections = new Connections();
});

afterEach(async () => {
	connections.stop();
	expect([...connections.opened]).toEqual([target.origin.replace('http://', '')]);
	await target.stop();
});

/** An operation whose answer is empty, one whose answer is an object, and one whose answer is a list. */
const operations = {
	commit: {
		resource: 'bonus',
		operation: 'commit',
		parameters: { cardId: CARD, code: CODE, outTradeNo: ORDER, bonusValue: 30 },
	},
	getMember: { resource: 'member', operation: 'get', parameters: { cardId: CARD, code: CODE } },
	listCards: { resource: 'card', operation: 'getMany', parameters: { returnAll: true } },
};

type OperationName = keyof typeof operations;

interface Outcome {
	outcome: string;
	message?: string;
}

async function outcomeOf(answer: Answering, name: OperationName = 'commit'): Promise<Outcome> {
	target.answer = answer;
	const execution = await runOperation({
		...operations[name],
		credential: target.credential,
		options: { retries: 0, timeout: 10_000 },
	});
	expect(execution.error).toBeUndefined();
	const [done, failed] = [SUCCESS, ERROR].map((branch) => execution.json(WECHAT, branch));
	expect(secrets.in(execution.run.data.resultData)).toEqual([]);
	expect(Object.keys(Object.prototype)).toEqual([]);
	if (failed.length === 0) return { outcome: 'done' };
	expect(failed).toHaveLength(1);
	expect(done).toEqual([]);
	const error = failed[0].error as IDataObject;
	expect({ error, faults: faultsOf(error.message) }).toEqual({ error, faults: [] });
	expect(error.message).not.toContain('hit an unexpected condition');
	expect(JSON.stringify(error).length).toBeLessThan(6000);
	return error as unknown as Outcome;
}

/**
 * Which outcomes a response may have: "done" only where it is really signed, and empty if that is due; "refused" only
 * with a code of WeChat Pay.
 */
function allowed(
	{ status, isSigned, headers, body }: HostileAnswer,
	name: OperationName,
): string[] {
	if (status >= 400 && status < 500) return [hasCode(body) ? 'refused' : 'unknown'];
	const isTouched = Object.keys(headers).some((header) => /^wechatpay-/i.test(header));
	const mayConfirm = [200, 204].includes(status) && (name !== 'commit' || body.length === 0);
	return mayConfirm && isSigned && !isTouched ? ['done', 'unknown'] : ['unknown'];
}

function hasCode(body: Buffer): boolean {
	try {
		const { code } = JSON.parse(body.toString()) as { code?: unknown };
		return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code);
	} catch {
		return false;
	}
}

it.each(Object.keys(operations) as OperationName[])(
	'%s: hostile answers have one outcome each',
	async (name) => {
		await always(60, hostileAnswer, async (answer) => {
			const { outcome } = await outcomeOf(answering(answer), name);
			expect(allowed(answer, name)).toContain(outcome);
		});
	},
	PATIENCE,
);

it.each(noAnswers)('%s is no response', async (_name, answer) => {
	expect(await outcomeOf(answer)).toMatchObject({ outcome: 'unknown' });
});

it.each(logins)('%s is given by nobody, and leaves it open', async (_name, answer) => {
	expect(await outcomeOf(answer)).toMatchObject({ outcome: 'unknown' });
	expect(target.arrived).toHaveLength(1);
});

it.each(tooLarge)(
	'%s is not waited for',
	async (_name, answer) => {
		let written = () => 0;
		const outcome = await outcomeOf((response, request) => {
			const { socket } = response;
			written = () => socket?.bytesWritten ?? 0;
			answer(response, request);
		});

		expect(outcome).toMatchObject({
			outcome: 'unknown',
			code: 'EMSGSIZE',
			raw_message: 'the response has more than 10 MB',
		});
		// What had been handed to the connection before it was closed is counted as well.
		expect(written()).toBeLessThan(60 * 1024 * 1024);
	},
	PATIENCE,
);

it.each(Object.keys(operations) as OperationName[])(
	'%s: a signed answer of any depth has one outcome',
	async (name) => {
		const body = Buffer.from(deepJson());
		const { outcome } = await outcomeOf(
			(response) => response.writeHead(200, signed(body)).end(body),
			name,
		);
		expect(outcome).toBe('unknown');
	},
);

it.each(['Wechatpay-Serial', 'Request-ID', 'Date', 'Retry-After'])(
	'a header %s of eight kilobytes does not flood the message',
	async (name) => {
		const body = Buffer.from('{"code":"PARAM_ERROR","message":"no"}');
		for (const status of [200, 400, 401, 500]) {
			await outcomeOf((response) => {
				response.writeHead(status, { ...signed(body), [name]: 'x'.repeat(8000) }).end(body);
			});
		}
	},
);

it('a commit is done with a signed answer', async () => {
	expect(await outcomeOf((response) => response.writeHead(200, signed('')).end())).toEqual({
		outcome: 'done',
	});
});
