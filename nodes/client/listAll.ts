import { RequestError } from './errors/requestError';
import type { Listing } from './pagination';
import { paginate } from './pagination';
import type { Row } from './response/parseResponse';
import { readObject, readRows } from './response/parseResponse';
import { sendWithRetries } from './sendWithRetries';
import type { Session } from './session';
import type { Request, ResponseShape } from './types';

/**
 * Reads a list of WeChat Pay.
 *
 * @param request of the list, without the page
 * @param most entries wanted
 * @param start where the first of them is, as `next` of an earlier listing gave it
 * @throws RequestError for a page that can't be read, and for a list that never ends
 */
export async function listAll(
	session: Session,
	request: Request,
	answer: ResponseShape,
	most: number,
	start = 0,
): Promise<Listing> {
	const read = async (offset: number, limit: number) => {
		const page = { ...request, url: pageUrl(request.url, offset, limit) };
		const confirmed = await sendWithRetries(session, page);
		const body = readObject(confirmed, page);
		return { rows: readRows(body, answer, confirmed, page), total: totalOf(body) };
	};
	const listing = await paginate(most, answer.uniqueBy ?? [], read, {
		start,
		pageSize: answer.pageSize,
	});
	if (listing.isEndless) throw endless(listing.rows.length);
	return listing;
}

function pageUrl(url: string, offset: number, limit: number): string {
	return `${url}${url.includes('?') ? '&' : '?'}offset=${offset}&limit=${limit}`;
}

function totalOf({ total_count: total }: Row): number | undefined {
	return typeof total === 'number' ? total : undefined;
}

function endless(count: number): RequestError {
	return new RequestError({
		message: `WeChat Pay's list did not end after ${count} entries. Turn off 'Return All' and set 'Limit', or narrow the list.`,
		outcome: 'unknown',
		attempts: 1,
		repeatable: true,
	});
}
