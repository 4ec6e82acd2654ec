import { DateTime } from 'luxon';

import { pastChinaDay } from '../../../../nodes/action/request/chinaDay';
import { systemClock } from '../../../../nodes/client/clock';

const AT = '2026-12-02T00:30:00Z';

beforeEach(() => {
	jest.spyOn(systemClock, 'now').mockReturnValue(Date.parse(AT));
});

afterEach(() => {
	jest.restoreAllMocks();
});

const day = (value: unknown, timezone = 'UTC') => pastChinaDay(value, timezone, { months: 3 });

it.each<[unknown, string]>([
	['2026-11-30', '2026-11-30'],
	[' 2026-11-30 ', '2026-11-30'],
	['2026-11-3', '2026-11-03'],
	['2026/11/30', '2026-11-30'],
	['20261130', '2026-11-30'],
	[20261130, '2026-11-30'],
	['２０２６-11-30', '2026-11-30'],
	// Never cut to its first ten characters: in China it was the next day.
	['2026-11-30T20:00:00.000Z', '2026-12-01'],
	['2026-11-30T20:00:00+08:00', '2026-11-30'],
	['2026-11-30T15:59:59Z', '2026-11-30'],
	['2026-11-30T16:00:00Z', '2026-12-01'],
	// As a date picker writes a day.
	['2026-11-30T00:00:00', '2026-11-30'],
	['2026-11-30T00:00:00.000', '2026-11-30'],
	[new Date('2026-11-30T20:00:00Z'), '2026-12-01'],
	// $today.minus(1, 'day') on a host in UTC, at 08:30 in China.
	[DateTime.fromISO('2026-12-01T00:00:00Z'), '2026-12-01'],
])('%p is the day %s in China (B8)', (value, expected) => {
	expect(day(value)).toBe(expected);
});

it('a time without an offset is one of the workflow', () => {
	expect(day('2026-11-30T20:00:00', 'UTC')).toBe('2026-12-01');
	expect(day('2026-11-30T20:00:00', 'Asia/Shanghai')).toBe('2026-11-30');
	expect(day('2026-11-30T20:00:00', 'America/New_York')).toBe('2026-12-01');
});

it.each([
	'2026-02-30',
	'2026-13-01',
	'yesterday',
	'30.11.2026',
	'2026-11-30T25:00:00',
	1764547200000,
	true,
	{},
	[],
	null,
])('%p is no day', (value) => {
	expect(() => day(value)).toThrow('must be a day');
});

it.each([
	['2026-12-02', 'where it is 2026-12-02 now'],
	['2026-12-01T16:00:00Z', 'this one is 2026-12-02'],
	['2027-01-01', 'has ended in China'],
	['2026-09-01', 'must not be before 2026-09-02'],
	['2025-12-01', 'keeps 3 months'],
])('%s has no bill', (value, words) => {
	expect(() => day(value)).toThrow(words);
});

it('three months before the last of May begin with the last of February', () => {
	jest.spyOn(systemClock, 'now').mockReturnValue(Date.parse('2027-05-31T04:00:00Z'));
	expect(day('2027-02-28')).toBe('2027-02-28');
	expect(() => day('2027-02-27')).toThrow('must not be before 2027-02-28');
});
