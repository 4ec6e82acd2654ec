import type { IExecuteFunctions } from 'n8n-workflow';

import { attempt } from '../../apiv3/attempt';
import type { LimitedBy, RateLimiter } from '../../client/rateLimiter';
import { addHint } from './addHint';
import type { ItemResult } from './stopError';

/** How often a long batch tells how it is getting on, in ms. */
const INTERVAL = 30_000;
/** A batch that was slowed down for less, in ms, is not worth a hint. */
const NOTEWORTHY = 5000;

type Context = Pick<IExecuteFunctions, 'addExecutionHints' | 'getNode' | 'getWorkflow' | 'logger'>;

/** How a batch is getting on: a line in n8n's log now and then, and a hint at the end where it had to wait. */
export class Progress {
	private readonly counts = { done: 0, partial: 0, refused: 0, unknown: 0, not_sent: 0 };

	private readonly startedAt: number;

	private lookedAt: number;

	private toldAt: number;

	/** For how long nothing got through, in ms. */
	private paused = 0;

	constructor(
		private readonly context: Context,
		private readonly total: number,
		private readonly rateLimiter: RateLimiter,
	) {
		this.startedAt = this.lookedAt = this.toldAt = rateLimiter.elapsed;
		rateLimiter.onTick = () => this.look();
	}

	record(result: ItemResult): void {
		this.counts['items' in result ? 'done' : result.failure.outcome] += 1;
		this.look();
	}

	/** To be called often; it writes to the log when it is time. */
	private look(): void {
		const now = this.rateLimiter.elapsed;
		if (this.rateLimiter.limitedBy === 'pause') this.paused += now - this.lookedAt;
		this.lookedAt = now;
		if (now - this.toldAt < INTERVAL) return;
		this.toldAt = now;
		const { name } = this.context.getNode();
		const { id: workflowId } = this.context.getWorkflow();
		// What is told must not decide on the items, as in addHint.
		attempt(() => this.context.logger.info(`${name}: ${this.summary()}`, { workflowId }));
	}

	/** Tells the user what slowed the batch down. */
	finish(): void {
		const message = this.hint();
		if (message) addHint(this.context, message);
	}

	private summary(): string {
		const { done, partial, refused, unknown, not_sent: notSent } = this.counts;
		const left = this.total - done - partial - refused - unknown - notSent;
		const counts = [
			`${done} done`,
			...(partial > 0 ? [`${partial} partly done`] : []),
			`${refused} refused`,
			`${unknown} unknown`,
			`${notSent} not sent`,
			`${left} left`,
		].join(', ');
		const { rate, limitedBy } = this.rateLimiter;
		const limit = rate === Infinity ? 'no limit known' : `up to ${shown(rate)} requests/s`;
		return `${counts}; ${limit}${limitedBy ? `; waiting for ${WAITING_FOR[limitedBy]}` : ''}`;
	}

	private hint(): string | undefined {
		const { hasGivenUp, limitedCount, rate } = this.rateLimiter;
		if (hasGivenUp) {
			return `Nothing got through to WeChat Pay: ${this.counts.not_sent} of ${this.total} items were not sent. Run them again later.`;
		}
		if (this.paused >= NOTEWORTHY) {
			const seconds = Math.round(this.paused / 1000);
			return `Nothing got through to WeChat Pay for ${seconds} seconds in all. The batch waited and then went on.`;
		}
		const took = this.rateLimiter.elapsed - this.startedAt;
		if (limitedCount === 0 || rate === Infinity || took < NOTEWORTHY) return undefined;
		return `WeChat Pay's limit slowed this batch down to about ${shown(rate)} requests per second; ${limitedCount} were answered 429 and sent again.`;
	}
}

const WAITING_FOR: Record<LimitedBy, string> = {
	pause: 'WeChat Pay, where nothing gets through now; only probes are sent',
	concurrency: 'responses',
	cap: "its turn ('Requests per Second')",
	rate: "its turn (WeChat Pay's limit)",
};

function shown(rate: number): string {
	return rate < 10 ? rate.toFixed(1) : rate.toFixed(0);
}
