/** Starts the fake in a process of its own, so that a bench does not share its event loop. */
import { startChild } from '../child.cts';
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
	const child = await startChild<Pick<FakeInChild, 'baseUrl' | 'credential'>>('fake/serve.cts', [
		JSON.stringify(options),
	]);
	return { ...child.ready, ask: child.ask, stop: child.stop };
}
