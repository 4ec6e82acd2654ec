/** Numbers of requests. What a fault keeps from being processed is in `received` and `faults` only. */
export interface Counts {
	received: number;
	/** Processed with a 2xx, whether or not a fault spoilt the answer afterwards. */
	accepted: number;
	/** Turned down by a check: 4xx without 429. */
	refused: number;
	/** 429, by the rate limit or the fault. */
	limited: number;
	faults: Record<string, number>;
	/** Requests that are being answered now, and the most there ever were at once. */
	inFlight: number;
	peakInFlight: number;
}

/** A fresh start. */
export function noCounts(): Counts {
	return {
		received: 0,
		accepted: 0,
		refused: 0,
		limited: 0,
		faults: {},
		inFlight: 0,
		peakInFlight: 0,
	};
}
