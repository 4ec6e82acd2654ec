/** Lists by pages, whichever way WeChat Pay counts `offset`; without a network, so that thousands of pages cost nothing. */
import type { Row } from '../../../nodes/client/response/parseResponse';
import type { Page } from '../../../nodes/client/pagination';
import { paginate } from '../../../nodes/client/pagination';

const rows = (count: number): Row[] =>
	Array.from({ length: count }, (_, id) => ({ id, kind: 'a' }));

/** Reads a list and notes what was asked for. */
async function read(most: number, page: (offset: number, limit: number) => Page) {
	const asked: Array<[number, number]> = [];
	const listing = await paginate(most, ['id', 'kind'], async (offset, limit) => {
		asked.push([offset, limit]);
		return page(offset, limit);
	});
	return { ...listing, asked };
}

const byPage =
	(all: Row[], total?: number) =>
	(offset: number, limit: number): Page => ({
		rows: all.slice(offset * limit, (offset + 1) * limit),
		total,
	});

const byEntry =
	(all: Row[], total?: number) =>
	(offset: number, limit: number): Page => ({ rows: all.slice(offset, offset + limit), total });

describe.each([
	['pages', byPage],
	['entries', byEntry],
])('where WeChat Pay counts %s', (_, listed) => {
	it.each([0, 1, 2, 19, 20, 21, 40, 41, 100])('reads all of %d', async (count) => {
		const all = rows(count);
		expect(await read(Infinity, listed(all))).toMatchObject({ rows: all, isEndless: false });
		expect(await read(Infinity, listed(all, count))).toMatchObject({ rows: all, total: count });
	});

	it.each([1, 5, 20, 21, 50])('reads no more than the %d that are wanted', async (most) => {
		const all = rows(60);
		const { rows: found, asked } = await read(most, listed(all, 60));
		expect(found).toEqual(all.slice(0, most));
		expect(asked.every(([, limit]) => limit === Math.min(20, most))).toBe(true);
	});
});

it('asks for nothing more once all that WeChat Pay counts are there', async () => {
	expect((await read(Infinity, byPage(rows(40), 40))).asked).toEqual([
		[0, 20],
		[1, 20],
	]);
	expect((await read(20, byPage(rows(60)))).asked).toEqual([[0, 20]]);
});

it('goes by entries from the third page on where the second one shows that they are counted', async () => {
	expect((await read(Infinity, byEntry(rows(60), 60))).asked).toEqual([
		[0, 20],
		[1, 20],
		[21, 20],
		[41, 20],
	]);
});

it('tells entries apart by all of their names, and keeps the first of two that are the same', async () => {
	const page = {
		rows: [
			{ id: 1, kind: 'a', seen: 1 },
			{ id: 1, kind: 'b', seen: 2 },
			{ id: 1, kind: 'a', seen: 3 },
		],
	};
	expect((await read(Infinity, () => page)).rows.map(({ seen }) => seen)).toEqual([1, 2]);
});

it('keeps the count of an earlier page where a later one has none', async () => {
	const listed = byPage(rows(25));
	const listing = await read(Infinity, (offset, limit) => ({
		...listed(offset, limit),
		total: offset === 0 ? 30 : undefined,
	}));
	expect(listing).toMatchObject({ rows: rows(25), total: 30 });
});

it('gives up on a list that never ends, after a thousand pages', async () => {
	const endless = (offset: number): Page => ({ rows: [{ id: offset, kind: 'a' }] });
	const { asked, isEndless, rows: found } = await read(Infinity, endless);
	expect(isEndless).toBe(true);
	expect(asked).toHaveLength(1000);
	expect(found).toHaveLength(1000);
});
