import { tryToParseDateTime } from 'n8n-workflow';

import { attempt } from '../../apiv3/attempt';
import { toHalfWidth, trimText } from '../../apiv3/trimText';
import { systemClock } from '../../client/clock';
import { ValidationError } from '../spec';

const CHINA_OFFSET_MS = 8 * 3600 * 1000;

/**
 * A day that has ended in China.
 *
 * @param value a day, which stays as it is, or a date and time, which is turned into China's day
 * @param timezone of the workflow, for times that name none
 * @throws ValidationError; the message continues "'Label' …"
 */
export function pastChinaDay(
	value: unknown,
	timezone: string,
	{ months }: { months: number },
): string {
	const day = chinaDay(value, timezone);
	if (day === undefined) {
		throw new ValidationError(
			'must be a day, e.g. 2026-11-27, or a date and time, which is turned into the day in China',
		);
	}
	const today = dayAt(systemClock.now());
	if (day >= today) {
		throw new ValidationError(
			`must be a day that has ended in China, where it is ${today} now; this one is ${day}. The bill of a day is there from 10:00 on the next day`,
		);
	}
	const first = monthsBefore(today, months);
	if (day < first) {
		throw new ValidationError(
			`must not be before ${first}, for WeChat Pay keeps ${months} months; this one is ${day}. Older bills are in the merchant platform`,
		);
	}
	return day;
}

function dayAt(instant: number): string {
	return new Date(instant + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Of a shorter month, its last day. */
function monthsBefore(day: string, months: number): string {
	const [year, month, date] = day.split('-').map(Number);
	const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
	return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last)))
		.toISOString()
		.slice(0, 10);
}

/** With a time at midnight, as date pickers add it to a day, but without an offset. */
const DAY =
	/^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|(\d\d)(\d\d))(?:[T ]00:00(?::00(?:\.0+)?)?)?$/;

function chinaDay(value: unknown, timezone: string): string | undefined {
	const instant = instantOf(value);
	if (instant !== undefined) return Number.isNaN(instant) ? undefined : dayAt(instant);
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = toHalfWidth(trimText(String(value)));
	const parts = DAY.exec(text)?.filter((part) => part !== undefined);
	if (parts) return calendarDay(parts.slice(1).map(Number));
	if (!/^\d{4}-\d{1,2}-\d{1,2}[T ]\d/.test(text)) return undefined;
	const written = attempt(() => tryToParseDateTime(text, timezone).toMillis());
	return written === undefined || Number.isNaN(written) ? undefined : dayAt(written);
}

/** Of what n8n's expressions give: Luxon's times, and dates, which come from another world. */
function instantOf(value: unknown): number | undefined {
	if (Object.prototype.toString.call(value) === '[object Date]') return Number(value);
	const { toMillis } = (value ?? {}) as { toMillis?: () => number };
	return typeof toMillis === 'function' ? toMillis.call(value) : undefined;
}

/** @returns undefined for a day that the calendar does not have */
function calendarDay([year, month, date]: number[]): string | undefined {
	const day = new Date(Date.UTC(year, month - 1, date));
	const isReal = day.getUTCMonth() === month - 1 && day.getUTCDate() === date;
	return isReal ? day.toISOString().slice(0, 10) : undefined;
}
