import type { Row } from './response/parseResponse';

/** The most entries that most endpoints put on a page (test/support/facts/membercard-api.json, card.list). */
const PAGE_SIZE = 20;
/** More pages than this are no list of a merchant but one that never ends. */
const MAX_PAGES = 1000;

/** One page as WeChat Pay gave it. */
export interface Page {
	rows: Row[];
	/** How many entries there are in all, if it says so. */
	total?: number;
}

/** All entries that were wanted, and how many there should be. */
export interface Listing extends Page {
	/** Whether the pages went on bringing entries beyond any sense. */
	isEndless: boolean;
	/** Where the next entries begin, as `offset` counts them; absent at the end of the list. */
	next?: number;
}

/**
 * Reads a list page by page, whichever way `offset` counts: WeChat Pay's words say pages, a newer API counts entries,
 * and nobody outside knows. The second page tells: where it begins with the second entry of the first page, entries
 * are counted. An entry that comes twice is taken once; a page that brings nothing new is the last.
 *
 * @param most entries wanted
 * @param pagedBy wire names that tell one entry from another
 * @param read gets one page
 * @param pageSize entries on a page, at most
 * @param start the `offset` of the first page, as `next` of an earlier listing gave it
 */
export async function paginate(
	most: number,
	pagedBy: string[],
	read: (offset: number, limit: number) => Promise<Page>,
	{ start = 0, pageSize = PAGE_SIZE }: { start?: number; pageSize?: number } = {},
): Promise<Listing> {
	const keyOf = (row: Row) => JSON.stringify(pagedBy.map((name) => row[name]));
	const found = new Map<string, Row>();
	const limit = Math.min(pageSize, most);
	let first: Row[] = [];
	let countsEntries = false;
	let total: number | undefined;
	let pages = 0;
	let next: number | undefined;
	for (; pages < MAX_PAGES; pages += 1) {
		const page = await read(start + (countsEntries ? found.size : pages), limit);
		total = page.total ?? total;
		if (pages === 0) first = page.rows;
		if (pages === 1) countsEntries = overlaps(first, page.rows, keyOf);
		const before = found.size;
		for (const row of page.rows) found.set(keyOf(row), found.get(keyOf(row)) ?? row);
		const earlier = countsEntries ? start : start * limit;
		if (found.size === before || earlier + found.size >= (total ?? Infinity)) break;
		if (found.size < most) continue;
		next = start + (countsEntries ? most : pages + 1);
		break;
	}
	return { rows: [...found.values()].slice(0, most), total, isEndless: pages === MAX_PAGES, next };
}

/** Whether the second page is the first one moved by an entry. */
function overlaps(first: Row[], second: Row[], keyOf: (row: Row) => string): boolean {
	return first.length > 1 && second.length > 0 && keyOf(first[1]) === keyOf(second[0]);
}
