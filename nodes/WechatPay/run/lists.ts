import { RequestError } from '../../client/errors/requestError';
import type { Row } from '../../client/response/parseResponse';
import { readObject, readRows } from '../../client/response/parseResponse';
import type { Request, ResponseShape } from '../../client/types';
import type { Listing } from './pages';
import { readPages } from './pages';
import { send } from './send';
import type { Session } from './session';

/**
 * Reads a list of WeChat Pay.
 *
 * @param request of the list, without the page
 * @param most entries wanted
 * @throws ItemFailure for a page that can't be read, and for a list that never ends
 */
export async function readList(
	line: Session,
	request: Request,
	answer: ResponseShape,
	most: number,
	index: number,
): Promise<Listing> {
	const listing = await readPages(most, answer.pagedBy ?? [], async (offset, limit) => {
		const page = { ...request, url: pageUrl(request.url, offset, limit) };
		const confirmed = await send(line, page, index);
		const body = readObject(confirmed, page, index);
		return { rows: readRows(body, answer, confirmed, page, index), total: totalOf(body) };
	});
	if (listing.isEndless) throw endless(listing.rows.length, index);
	return listing;
}

function pageUrl(url: string, offset: number, limit: number): string {
	return `${url}${url.includes('?') ? '&' : '?'}offset=${offset}&limit=${limit}`;
}

function totalOf({ total_count: total }: Row): number | undefined {
	return typeof total === 'number' ? total : undefined;
}

function endless(count: number, index: number): RequestError {
	return new RequestError({
		message: `WeChat Pay's list did not end after ${count} entries. Turn off 'Return All' and set 'Limit', or narrow the list. [item ${index}]`,
		outcome: 'unknown',
		attempts: 1,
		repeatable: true,
	});
}
