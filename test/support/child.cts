/** A TypeScript program in a process of its own that is asked questions; everything is plain JSON. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Child<Ready> {
	/** What it sent once it was ready. */
	ready: Ready;
	/** Asks it; rejects when it could not answer or has ended. */
	ask<Answer>(question: object): Promise<Answer>;
	/** Ends the process; resolves when it has ended. */
	stop(): Promise<void>;
	/** Ends the process as a power cut would; resolves when it has ended. */
	kill(): Promise<void>;
}

/**
 * Starts a program of this folder, which answers { id, question } with { id, answer } or { id, failure }, and ends when
 * its parent disconnects.
 *
 * @param file below test/
 * @returns when it has sent its first message
 */
export async function startChild<Ready>(file: string, args: string[] = []): Promise<Child<Ready>> {
	const child = fork(join(__dirname, file), args, {
		// --require looks tsx up from the working directory.
		cwd: join(__dirname, '..', '..'),
		execArgv: ['--require', 'tsx/cjs'],
	});
	const ready = (await firstMessage(child, file)) as Ready;
	return {
		ready,
		ask: asker(child, file),
		stop: async () =>
			await ended(child, () => {
				if (child.connected) child.disconnect();
			}),
		kill: async () => await ended(child, () => child.kill('SIGKILL')),
	};
}

async function firstMessage(child: ChildProcess, file: string): Promise<unknown> {
	const abort = new AbortController();
	const early = once(child, 'exit', { signal: abort.signal }).then(([code]) => {
		throw new Error(`${file} ended with ${code} before it was ready`);
	});
	try {
		const [message] = await Promise.race([once(child, 'message'), early]);
		return message;
	} finally {
		early.catch(() => undefined);
		abort.abort();
	}
}

interface Reply {
	id: number;
	answer?: unknown;
	failure?: string;
}

function asker(child: ChildProcess, file: string): Child<unknown>['ask'] {
	const open = new Map<number, { resolve: (answer: never) => void; reject: (e: Error) => void }>();
	let lastId = 0;
	child.on('message', ({ id, answer, failure }: Reply) => {
		if (failure === undefined) open.get(id)?.resolve(answer as never);
		else open.get(id)?.reject(new Error(failure));
		open.delete(id);
	});
	child.on('exit', () => {
		for (const { reject } of open.values()) reject(new Error(`${file} has ended`));
	});
	return async (question) =>
		await new Promise((resolve, reject) => {
			lastId += 1;
			open.set(lastId, { resolve, reject });
			child.send({ id: lastId, question }, (error) => error && reject(error));
		});
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exit = once(child, 'exit');
	end();
	await exit;
}

/** In the child: says that it is ready, and answers its parent's questions until that disconnects. */
export function answerParent<Question>(
	ready: object,
	answer: (question: Question) => unknown,
	onDisconnect: () => void,
): void {
	process.on('message', ({ id, question }: { id: number; question: Question }) => {
		// In a promise, so that what is thrown at once becomes a failure, too.
		void Promise.resolve()
			.then(() => answer(question))
			.then(
				(given) => process.send?.({ id, answer: given }),
				(error) => process.send?.({ id, failure: String(error) }),
			);
	});
	process.on('disconnect', onDisconnect);
	process.send?.(ready);
}
