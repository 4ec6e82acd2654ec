/** out_request_no: the same number with the same content is one request, however often it arrives. */
import type { Answer, Call } from '../call.cts';
import { invalidRequest, NUMBER } from './refusal.cts';
import { keyOf } from '../state.cts';

/** What was asked and answered under a request number. */
export interface NumberedRequest {
	content: string;
	answer: Answer;
}

/**
 * Does the work of operation `id` unless its number was used: then the first answer again, or a refusal when anything
 * else is asked under it. A refused request leaves its number free.
 */
export function onceOnly(
	id: string,
	call: Call,
	body: Record<string, unknown>,
	work: () => Answer,
): Answer {
	const number = body.out_request_no;
	if (number === undefined) return work();
	const { requestNumbers } = call.state;
	const key = keyOf(call.mchid, number as string);
	// Of encrypted fields `body` has the text, whose ciphertext differs each time.
	const content = canonical([id, call.path, body]);
	const earlier = requestNumbers.get(key);
	if (earlier && earlier.content !== content) throw differs();
	const answer = earlier?.answer ?? work();
	requestNumbers.set(key, { content, answer });
	return answer;
}

/** JSON with the names of every object in order. */
export function canonical(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);
}

/** The number is published as "repeated request with different parameters", the text is ours. */
function differs() {
	return invalidRequest('商户请求单号已用于内容不同的请求', NUMBER.parametersDiffer);
}
