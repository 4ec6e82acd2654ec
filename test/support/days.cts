const CHINA_OFFSET_MS = 8 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

/** A day in China so many days before now, e.g. 2026-11-27. */
export function chinaDaysAgo(days: number, now = Date.now()): string {
	return new Date(now + CHINA_OFFSET_MS - days * DAY_MS).toISOString().slice(0, 10);
}

/** Stands in golden files for a day whose bill is there: a fixed one would be too old some day. */
export const A_DAY = '{a day}';

/** What it stands for now. */
export const aDay = (): string => chinaDaysAgo(2);

/** A time in China of that day, in Unix seconds. */
export function chinaSeconds(day: string, time = '12:00:00'): number {
	return Date.parse(`${day}T${time}+08:00`) / 1000;
}
