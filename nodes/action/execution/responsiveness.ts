import { systemClock } from '../../client/clock';

/** What n8n hears late by this much nobody notices. */
const MAX_BUSY_MS = 50;

/**
 * Keeps n8n's process responsive while it works through items that wait for nothing: a cancel and the requests of others
 * are heard in between.
 */
export class Responsiveness {
	private since = systemClock.now();

	private pause?: Promise<void>;

	/** Waits for one turn of the event loop where there was none for 50 ms; whoever shares this object waits along. */
	async yieldIfDue(): Promise<void> {
		// A clock that was set back counts as time that has passed.
		if (!this.pause && Math.abs(systemClock.now() - this.since) < MAX_BUSY_MS) return;
		this.pause ??= this.yieldOnce();
		await this.pause;
	}

	private async yieldOnce(): Promise<void> {
		await systemClock.sleep(0);
		this.since = systemClock.now();
		this.pause = undefined;
	}
}
