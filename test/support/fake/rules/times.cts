const CHINA_OFFSET_MS = 8 * 3600 * 1000;

/** Unix seconds as RFC 3339 in China's time zone, as WeChat Pay prints times. */
export function chinaTime(seconds: number): string {
	const shifted = new Date(seconds * 1000 + CHINA_OFFSET_MS).toISOString();
	return shifted.replace(/\.\d+Z$/, '+08:00');
}

/** A printed time as Unix seconds. */
export function secondsOf(time: string): number {
	return Date.parse(time) / 1000;
}
