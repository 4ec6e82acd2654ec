import { inPool, type Places } from '../../../../nodes/action/execution/pool';

/** Runs five pieces of work that end when they are told to. */
function begin(pool: Places, mayStart = () => true) {
	const ends: Array<() => void> = [];
	const ended = inPool(
		pool,
		5,
		async (index) => await new Promise<void>((resolve) => (ends[index] = resolve)),
		mayStart,
	);
	const end = async (index: number) => {
		ends[index]();
		// Long enough for the next one to be begun.
		await Promise.resolve().then(() => {});
	};
	return { ended, end, begun: () => ends.length };
}

it('fills its places, each anew when its work has ended', async () => {
	const { ended, end, begun } = begin({ places: 2 });
	expect(begun()).toBe(2);
	await end(1);
	expect(begun()).toBe(3);
	for (const index of [0, 2, 3, 4]) await end(index);
	await ended;
	expect(begun()).toBe(5);
});

it('fills more places as soon as there are more, and takes none away', async () => {
	const pool: Places & { places: number } = { places: 1 };
	const { ended, end, begun } = begin(pool);
	pool.places = 3;
	pool.onPlaces?.();
	expect(begun()).toBe(3);
	pool.places = 1;
	await end(0);
	await end(1);
	expect(begun()).toBe(3);
	await end(2);
	expect(begun()).toBe(4);
	await end(3);
	await end(4);
	await ended;
	expect(pool.onPlaces).toBeUndefined();
});

it('begins nothing more once it may not, and ends with what was begun', async () => {
	let may = true;
	const { ended, end, begun } = begin({ places: 2 }, () => may);
	may = false;
	await end(0);
	await end(1);
	await ended;
	expect(begun()).toBe(2);
});

it('has ended at once where nothing is to be done', async () => {
	await inPool(
		{ places: 2 },
		0,
		async () => {},
		() => true,
	);
	await inPool(
		{ places: 2 },
		3,
		async () => {},
		() => false,
	);
});

it('throws what the work throws', async () => {
	const work = async () => await Promise.reject(new Error('odd'));
	await expect(inPool({ places: 2 }, 3, work, () => true)).rejects.toThrow('odd');
});
