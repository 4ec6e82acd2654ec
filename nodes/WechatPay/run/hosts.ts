import type { Merchant } from '../../apiv3/merchant';
import { isAllowed } from './domains';

/** How long requests begin at the backup host once the main host could not be reached, in ms. */
const AWHILE = 5 * 60_000;

/**
 * When the main host could not be reached, in ms; undefined while it can. It is kept for all executions of the process:
 * a night's batch shall not wait for every order at a host that is down, nor shall the single orders of an evening.
 */
let mainLostAt: number | undefined;

/** An attempt, and how it ended at its host. */
export interface Visit {
	/** An origin. */
	host: string;
	/** `nothing` is a silence for which the host's connection is not to blame. */
	end: 'answer' | 'no connection' | 'nothing';
}

/**
 * The hosts that a merchant's requests may go to: the base URL and, where that is WeChat Pay's main host, the backup
 * host (protocol.md g). They change places after a failed connection only; whoever answers, with whatever status, is
 * the one to ask again.
 */
export class Hosts {
	private readonly main: string;

	private readonly backup?: string;

	/** @param credential whose list of domains may leave the backup host out */
	constructor({ baseUrl, backupUrl }: Pick<Merchant, 'baseUrl' | 'backupUrl'>, credential: object) {
		this.main = baseUrl;
		this.backup = backupUrl && isAllowed(backupUrl, credential) ? backupUrl : undefined;
	}

	/**
	 * @param last the attempt before, of the same request
	 * @returns the origin that the next attempt goes to
	 */
	next(last?: Visit): string {
		const { main, backup } = this;
		if (!backup) return main;
		if (!last) return isMainAvoided() ? backup : main;
		if (last.end !== 'no connection') return last.host;
		return last.host === main ? backup : main;
	}

	/** Learns from an attempt where the requests to come begin. */
	learn({ host, end }: Visit): void {
		if (!this.backup || end === 'nothing') return;
		const isLost = end === 'no connection';
		if (host === this.main) mainLostAt = isLost ? Date.now() : undefined;
		// With both lost, the main host is as good as the other.
		else if (isLost) mainLostAt = undefined;
	}
}

function isMainAvoided(): boolean {
	if (mainLostAt === undefined) return false;
	const now = Date.now();
	// A clock that was set back must not make it longer.
	if (Math.abs(now - mainLostAt) < AWHILE) return true;
	// This request tries the main host; until it has, the others have no reason to.
	mainLostAt = now;
	return false;
}
