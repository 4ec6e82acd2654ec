import type { Merchant } from '../../apiv3/merchant';
import { putLast } from '../../apiv3/recentlyUsed';

/** How far a signature may lie outside of the time between sending and receiving, in ms. */
const TOLERANCE_MS = 30_000;

/**
 * A clock that no response confirmed for so long, by the wall clock, is asked for anew: monotonic time stands still while a
 * machine sleeps.
 */
const KNOWN_FOR_MS = 5 * 60 * 1000;

/** In ms: when a response was signed by WeChat Pay's clock, and as in `Response` when it was asked for and came. */
export interface SignedExchange {
	signedAt: number;
	sentAt: number;
	receivedAt: number;
	at: number;
}

/** By how much WeChat Pay's clock is ahead of our monotonic time, at least and at most, in ms. */
interface Lead {
	least: number;
	most: number;
	/** When a response last confirmed it, by monotonic time and by the wall clock. */
	receivedAt: number;
	at: number;
}

/**
 * WeChat Pay's clock, as verified responses tell it. The first is believed within the 300 s of the protocol; later ones
 * must have been signed while they were waited for.
 *
 * @see docs/protocol.md, What a signature does not cover
 */
export class ServerClock {
	private lead?: Lead;

	/** @returns whether the response was signed for a request of that time; one that was confirms the clock */
	accepts(exchange: SignedExchange): boolean {
		const heard = leadOf(exchange);
		const known = this.current(exchange.at);
		if (!known) {
			this.lead = heard;
			return true;
		}
		if (heard.most < known.least - TOLERANCE_MS) return false;
		if (heard.least > known.most + TOLERANCE_MS) {
			// Nobody can sign in the future: what is known of the clock is wrong, and the next response tells it anew.
			this.lead = undefined;
			return false;
		}
		this.lead = narrowed(known, heard);
		return true;
	}

	private current(now: number): Lead | undefined {
		return this.lead && Math.abs(now - this.lead.at) < KNOWN_FOR_MS ? this.lead : undefined;
	}
}

/** The timestamp has whole seconds, rounded down. */
function leadOf({ signedAt, sentAt, receivedAt, at }: SignedExchange): Lead {
	return { least: signedAt - receivedAt, most: signedAt + 1000 - sentAt, receivedAt, at };
}

/** A second in a quarter of an hour is more than clocks drift, and too little to lead the clock astray with old responses. */
const DRIFT = 0.001;

function narrowed(known: Lead, heard: Lead): Lead {
	const drift = Math.max(0, heard.receivedAt - known.receivedAt) * DRIFT;
	const least = Math.max(known.least - drift, heard.least);
	const most = Math.max(least, Math.min(known.most + drift, heard.most));
	return { ...heard, least, most };
}

/** By merchant and host, the last used last. */
const clocks = new Map<string, ServerClock>();

const MAX_CLOCKS = 100;

/** The clock that the responses to a merchant tell, in this process. */
export function serverClockOf({
	mchid,
	baseUrl,
}: Pick<Merchant, 'mchid' | 'baseUrl'>): ServerClock {
	const name = `${mchid} ${baseUrl}`;
	return putLast(clocks, name, clocks.get(name) ?? new ServerClock(), MAX_CLOCKS);
}
