import { systemClock } from '../../client/clock';
import { isPending } from '../../client/response/stateResult';
import type { ExecutionContext } from './executionContext';
import type { FetchedResponse } from './fetchResponse';

/** Never more than one question a second about one thing; then rarer and rarer. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;
const GROWTH = 1.5;

/**
 * Asks again while WeChat Pay says that something can still change, for as many seconds as the user wants.
 *
 * @param form checked values of the form
 * @returns the last response, final or not
 * @throws RequestError
 */
export async function askUntilFinal(
	{ operation, signal }: Pick<ExecutionContext, 'operation' | 'signal'>,
	form: Record<string, unknown>,
	ask: () => Promise<FetchedResponse>,
): Promise<FetchedResponse> {
	const { waitField, response } = operation;
	const seconds = waitField === undefined ? 0 : Number(form[waitField] ?? 0);
	const end = systemClock.monotonic() + seconds * 1000;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS)) {
		const fetched = await ask();
		const isOpen = response && fetched.object && isPending(fetched.object, response);
		if (!isOpen || systemClock.monotonic() + pause > end) return fetched;
		await systemClock.sleep(pause, signal);
	}
}
