import { readText } from './files.cts';

const CHINA_OFFSET_MS = 8 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

/** A day in China so many days before now, e.g. 2026-11-27. */
export function chinaDaysAgo(days: number, now = Date.now()): string {
	return new Date(now + CHINA_OFFSET_MS - days * DAY_MS).toISOString().slice(0, 10);
}

/** A day whose bill is there. */
export const aDay = (): string => chinaDaysAgo(2);

/** A time in China of a day, in Unix seconds. */
export function chinaSeconds(day: string, time = '12:00:00'): number {
	return Date.parse(`${day}T${time}+08:00`) / 1000;
}

/** A golden file. `{a day}` in it is a day whose bill is there, for a fixed one would be too old some day. */
export function readGolden<T>(file: string): T {
	return JSON.parse(readText(file).replaceAll('{a day}', aDay())) as T;
}
