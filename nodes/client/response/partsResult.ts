import type { FailureDetails } from '../errors/requestError';
import type { PartsShape, Request, ResponseShape } from '../types';
import type { Row } from './parseResponse';

/** Parts that a message names, at most. */
const NAMED = 20;

type PartsFailure = Pick<FailureDetails, 'message' | 'outcome' | 'done' | 'not_done' | 'not_known'>;

/**
 * What became of the parts of a request that WeChat Pay answers one by one.
 *
 * @param rows of a verified response that is about this request
 * @returns undefined where every part that was asked for is done
 */
export function partsFailure(
	rows: Row[],
	{ parts }: ResponseShape,
	{ subject }: Request,
): PartsFailure | undefined {
	if (!parts) return undefined;
	const asked = [...new Set([subject[parts.field] ?? []].flat().map(String))];
	const told = resultsByPart(rows, parts);
	const isTold = (part: string, words: string[]) =>
		told.get(part)?.every((result) => words.includes(result)) ?? false;
	const done = asked.filter((part) => isTold(part, parts.done));
	const failed = asked.filter((part) => isTold(part, parts.failed));
	const unclear = asked.filter((part) => !isTold(part, parts.done) && !isTold(part, parts.failed));
	if (failed.length === 0 && unclear.length === 0) return undefined;
	return {
		message: messageOf({ done, failed, unclear }, parts),
		outcome: unclear.length > 0 ? 'unknown' : done.length > 0 ? 'partial' : 'refused',
		done,
		not_done: failed,
		...(unclear.length > 0 ? { not_known: unclear } : {}),
	};
}

/** What is told of each part; more than once, if it is told so. */
function resultsByPart(rows: Row[], { field, result }: PartsShape): Map<string, string[]> {
	const results = new Map<string, string[]>();
	for (const row of rows) {
		const part = String(row[field]);
		const known = results.get(part);
		if (known) known.push(String(row[result]));
		else results.set(part, [String(row[result])]);
	}
	return results;
}

interface Sorted {
	done: string[];
	failed: string[];
	unclear: string[];
}

function messageOf(
	{ done, failed, unclear }: Sorted,
	{ noun, again }: NonNullable<ResponseShape['parts']>,
): string {
	const all = done.length + failed.length + unclear.length;
	const what = [
		failed.length > 0 ? `did not take ${failed.length} of ${all} ${noun}: ${named(failed)}` : '',
		unclear.length > 0
			? `did not say what became of ${unclear.length} of ${all} ${noun}: ${named(unclear)}`
			: '',
	].filter(Boolean);
	const others = done.length > 0 ? '; the others are in' : '';
	return `WeChat Pay ${what.join(', and ')}. ${again} these again${others}.`;
}

function named(parts: string[]): string {
	const more = parts.length > NAMED ? ` and ${parts.length - NAMED} more` : '';
	return parts.slice(0, NAMED).join(', ') + more;
}
