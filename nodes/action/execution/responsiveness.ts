import { systemClock } from '../../client/clock';

/** What n8n hears late by this much nobody notices. */
const MAX_BUSY_MS = 50;

/**
 * Keeps n8n's process responsive while it works through items that wait for nothing: a cancel and the requests of others
 * are heard in between. Whoever works does so only while it is not due:
 *
 *     while (responsiveness.isDue) await responsiveness.turn();
 */
export class Responsiveness {
	private since = systemClock.monotonic();

	private pause?: Promise<void>;

	/** Whether there was no turn of the event loop for 50 ms, or one is waited for. */
	get isDue(): boolean {
		return this.pause !== undefined || systemClock.monotonic() - this.since >= MAX_BUSY_MS;
	}

	/** Waits for one turn of the event loop; whoever shares this object waits along. */
	async turn(): Promise<void> {
		this.pause ??= this.takeTurn();
		await this.pause;
	}

	private async takeTurn(): Promise<void> {
		await systemClock.sleep(0);
		this.since = systemClock.monotonic();
		this.pause = undefined;
	}
}
