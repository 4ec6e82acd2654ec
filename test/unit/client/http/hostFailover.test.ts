/** Which host the next attempt goes to, without a network; test/engine/backup has them on the wire. */
import type { HostAttempt } from '../../../../nodes/client/http/hostFailover';
import { HostFailover } from '../../../../nodes/client/http/hostFailover';

const MAIN = 'https://api.mch.weixin.qq.com';
const BACKUP = 'https://api2.mch.weixin.qq.com';
const FIVE_MINUTES = 5 * 60_000;

let now = 0;

beforeEach(() => {
	now += 3_600_000;
	// What an earlier test left in the memory of the process.
	hosts().recordResult(visit(MAIN, 'response'));
});

/** Whose wall clock is set back all the time. */
const clock = { now: () => -now, monotonic: () => now, sleep: async () => {} };

const hosts = (credential: object = {}) =>
	new HostFailover({ baseUrl: MAIN, backupUrl: BACKUP }, credential, clock);

const visit = (host: string, end: HostAttempt['end']): HostAttempt => ({ host, end });

const starts = (count: number) => Array.from({ length: count }, () => hosts().next());

describe('the next attempt', () => {
	it.each<[string, HostAttempt | undefined, string]>([
		['begins at the main host', undefined, MAIN],
		['stays where a response came from', visit(MAIN, 'response'), MAIN],
		['stays where a response came from, at the backup host', visit(BACKUP, 'response'), BACKUP],
		['stays where it was waited for', visit(MAIN, 'other'), MAIN],
		['stays where it was waited for, at the backup host', visit(BACKUP, 'other'), BACKUP],
		['goes on where there is a connection', visit(MAIN, 'no connection'), BACKUP],
		['goes back where there may be one', visit(BACKUP, 'no connection'), MAIN],
	])('%s', (_, last, host) => {
		expect(hosts().next(last)).toBe(host);
	});

	it.each<[string, HostFailover]>([
		['without a backup host', new HostFailover({ baseUrl: MAIN }, {}, clock)],
		[
			'with a credential that does not allow it',
			hosts({ allowedHttpRequestDomains: 'domains', allowedDomains: 'api.mch.weixin.qq.com' }),
		],
	])('stays at the main host %s, whatever others learned', (_, own) => {
		hosts().recordResult(visit(MAIN, 'no connection'));
		expect(own.next()).toBe(MAIN);
		expect(own.next(visit(MAIN, 'no connection'))).toBe(MAIN);
	});

	it('goes to a backup host that the credential allows', () => {
		const allowed = { allowedHttpRequestDomains: 'domains', allowedDomains: '*.weixin.qq.com' };
		expect(hosts(allowed).next(visit(MAIN, 'no connection'))).toBe(BACKUP);
	});
});

describe('requests to come', () => {
	it('begin at the backup host for five minutes; then one tries the main host', () => {
		hosts().recordResult(visit(MAIN, 'no connection'));
		now += FIVE_MINUTES - 1;
		expect(starts(3)).toEqual([BACKUP, BACKUP, BACKUP]);
		now += 1;
		expect(starts(3)).toEqual([MAIN, BACKUP, BACKUP]);
		hosts().recordResult(visit(MAIN, 'response'));
		expect(starts(2)).toEqual([MAIN, MAIN]);
	});

	it('return to the main host where the backup host is lost as well', () => {
		hosts().recordResult(visit(MAIN, 'no connection'));
		hosts().recordResult(visit(BACKUP, 'no connection'));
		expect(starts(1)).toEqual([MAIN]);
	});

	it.each<[string, HostAttempt]>([
		['a response of the backup host', visit(BACKUP, 'response')],
		['a silence of the main host that has other reasons', visit(MAIN, 'other')],
	])('learn nothing from %s', (_, seen) => {
		hosts().recordResult(seen);
		expect(starts(1)).toEqual([MAIN]);
		hosts().recordResult(visit(MAIN, 'no connection'));
		hosts().recordResult(seen);
		expect(starts(1)).toEqual([BACKUP]);
	});

	it('learn nothing from a merchant without a backup host', () => {
		new HostFailover({ baseUrl: MAIN }, {}, clock).recordResult(visit(MAIN, 'no connection'));
		expect(starts(1)).toEqual([MAIN]);
		hosts().recordResult(visit(MAIN, 'no connection'));
		new HostFailover({ baseUrl: MAIN }, {}, clock).recordResult(visit(MAIN, 'response'));
		expect(starts(1)).toEqual([BACKUP]);
	});
});
