/** Pages of a list (test/support/facts/membercard-api.json card.list, member.listByUser, activity.list). */
import type { Call } from '../call.cts';
import { paramError } from './refusal.cts';

const LARGEST_PAGE = 20;

/** The page that is asked for; `offset` counts pages or records, as the fake was started. */
export function pageOf(
	{ offsetCounts }: Call,
	rows: object[],
	{ offset = 0, limit = LARGEST_PAGE }: { offset?: number; limit?: number },
): object {
	// The maximum is documented for two of the three lists and taken to hold for all.
	if (limit < 1 || limit > LARGEST_PAGE) {
		throw paramError('limit', limit, `must be between 1 and ${LARGEST_PAGE}`, 'query');
	}
	const start = offsetCounts === 'pages' ? offset * limit : offset;
	return { data: rows.slice(start, start + limit), total_count: rows.length, offset, limit };
}
