/** Starts the fake in a process of its own, so that a bench does not share its event loop. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Answers, ChildOptions, Question } from './questions.cts';

export interface FakeInChild {
	baseUrl: string;
	/** As `FakeWechatPay.credential()` gives it. */
	credential: Record<string, string>;
	/** Asks the fake; rejects when it could not answer or has ended. */
	ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]>;
	/** Ends the process; resolves when it has ended. */
	stop(): Promise<void>;
}

/** Resolves when the fake listens. */
export async function startInChild(options: ChildOptions = {}): Promise<FakeInChild> {
	const child = fork(join(__dirname, 'serve.cts'), [JSON.stringify(options)], {
		// --import looks tsx up from the working directory.
		cwd: join(__dirname, '..', '..'),
		execArgv: ['--import', 'tsx'],
	});
	const ready = (await firstMessage(child)) as Pick<FakeInChild, 'baseUrl' | 'credential'>;
	return { ...ready, ask: asker(child), stop: async () => await stop(child) };
}

async function firstMessage(child: ChildProcess): Promise<unknown> {
	const abort = new AbortController();
	const ended = once(child, 'exit', { signal: abort.signal }).then(([code]) => {
		throw new Error(`the fake ended with ${code} before it listened`);
	});
	try {
		const [message] = await Promise.race([once(child, 'message'), ended]);
		return message;
	} finally {
		ended.catch(() => undefined);
		abort.abort();
	}
}

interface Reply {
	id: number;
	answer?: unknown;
	failure?: string;
}

function asker(child: ChildProcess): FakeInChild['ask'] {
	const open = new Map<number, { resolve: (answer: never) => void; reject: (e: Error) => void }>();
	let lastId = 0;
	child.on('message', ({ id, answer, failure }: Reply) => {
		if (failure === undefined) open.get(id)?.resolve(answer as never);
		else open.get(id)?.reject(new Error(failure));
		open.delete(id);
	});
	child.on('exit', () => {
		for (const { reject } of open.values()) reject(new Error('the fake has ended'));
	});
	return async (question) =>
		await new Promise((resolve, reject) => {
			lastId += 1;
			open.set(lastId, { resolve, reject });
			child.send({ id: lastId, question }, (error) => error && reject(error));
		});
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	if (child.connected) child.disconnect();
	await ended;
}
