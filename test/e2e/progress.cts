/** What a run is doing, told as it goes. */

const started = Date.now();

/** Seconds since the run started. */
export function elapsed(): string {
	return `${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s`;
}

export function tell(what: string): void {
	console.log(`[${elapsed()}] ${what}`);
}

/** Does something that takes a while, and tells how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
	tell(`${what} …`);
	const begun = Date.now();
	const result = await work();
	tell(`${what}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
	return result;
}

/** Asks again and again until there is something, or the time is over. */
export async function until<T>(
	what: string,
	seconds: number,
	ask: () => Promise<T | undefined | false>,
): Promise<T> {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const found = await ask();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} s`);
		await pause(200);
	}
}

export async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}
