import type { Merchant } from '../../apiv3/merchant';
import type { Clock } from '../clock';
import { systemClock } from '../clock';
import { isAllowed } from './allowedDomains';

/** How long requests begin at the backup host once the main host could not be reached, in ms of monotonic time. */
const BACKUP_PERIOD_MS = 5 * 60_000;

/**
 * When the main host could not be reached, in ms of monotonic time; undefined while it can. It is kept for all executions of the process:
 * neither a night of orders nor single orders should wait for every order at a host that is down.
 */
let mainLostAt: number | undefined;

/** An attempt, and how it ended at its host. */
export interface HostAttempt {
	/** An origin. */
	host: string;
	/** `other`: no response, for which the connection to the host is not to blame. */
	end: 'response' | 'no connection' | 'other';
}

/**
 * The hosts that a merchant's requests may go to: the base URL and, where that is WeChat Pay's main host, the backup
 * host (docs/protocol.md, Hosts). The other one is tried after a failed connection only; a host that responded, with
 * any status, is used again.
 */
export class HostFailover {
	private readonly main: string;

	private readonly backup?: string;

	/** @param credential whose list of domains may leave the backup host out */
	constructor(
		{ baseUrl, backupUrl }: Pick<Merchant, 'baseUrl' | 'backupUrl'>,
		credential: object,
		private readonly clock: Clock = systemClock,
	) {
		this.main = baseUrl;
		this.backup = backupUrl && isAllowed(backupUrl, credential) ? backupUrl : undefined;
	}

	/**
	 * @param last the attempt before, of the same request
	 * @returns the origin that the next attempt goes to
	 */
	next(last?: HostAttempt): string {
		const { main, backup } = this;
		if (!backup) return main;
		if (!last) return isMainAvoided(this.clock.monotonic()) ? backup : main;
		if (last.end !== 'no connection') return last.host;
		return last.host === main ? backup : main;
	}

	/** Decides from an attempt which host later requests try first. */
	recordResult({ host, end }: HostAttempt): void {
		if (!this.backup || end === 'other') return;
		const isLost = end === 'no connection';
		if (host === this.main) mainLostAt = isLost ? this.clock.monotonic() : undefined;
		// With both lost, the main host is as good as the other.
		else if (isLost) mainLostAt = undefined;
	}
}

function isMainAvoided(now: number): boolean {
	if (mainLostAt === undefined) return false;
	if (now - mainLostAt < BACKUP_PERIOD_MS) return true;
	// This request tries the main host; until it has, the others have no reason to.
	mainLostAt = now;
	return false;
}
