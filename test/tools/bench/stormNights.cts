/** Plays the storms, in a process of its own: signatures are not looked at, for they take real time. Tells them as JSON. */
import './unsigned.cts';

import { goBy, spendNight, type Weather } from '../../support/night.cts';
import { mulberry32 } from '../../support/random.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

/** A storm, and how it ended. */
export interface StormResult {
	name: string;
	orders: number;
	/** In minutes. */
	took: number;
	done: number;
	notSent: number;
	unknown: number;
	refused: number;
	requests: number;
	/** Whether it ends while the batch waits, or hits only some of the requests. */
	kind: 'for ever' | 'passing' | 'partial';
}

const ORDERS = 10_000;
const MINUTE = 60_000;
/** It is over at that time, in s. */
const PASSING = { from: 5, to: 110 };

const STORMS: Array<[name: string, weather: Weather]> = [
	['nobody listens', 'nobody'],
	['black hole', 'black hole'],
	['connections are reset', 'reset'],
	['500 for all', '500'],
	['429 for all', '429'],
	['TLS refused', 'tls'],
];

/** Seven in ten requests are lost, at random. */
const BROWN_OUTS: Array<[name: string, weather: Weather]> = [
	['70 % time out', 'black hole'],
	['70 % are answered 500', '500'],
];

async function main(): Promise<void> {
	const results: StormResult[] = [];
	const play = async (
		name: string,
		weather: (time: number) => Weather,
		kind: StormResult['kind'],
	) => {
		const clock = new VirtualClock();
		goBy(clock);
		const morning = await spendNight(clock, { orders: ORDERS, weather });
		results.push({
			name,
			orders: ORDERS,
			took: morning.took / MINUTE,
			done: morning.count('done'),
			notSent: morning.count('not_sent'),
			unknown: morning.count('unknown'),
			refused: morning.count('refused'),
			requests: morning.starts.length,
			kind,
		});
	};
	for (const [name, weather] of STORMS) await play(`${name}, for ever`, () => weather, 'for ever');
	for (const [name, weather] of STORMS.slice(0, -1)) {
		const back = (time: number) => (time > PASSING.from && time < PASSING.to ? weather : 'fine');
		await play(`${name}, for two minutes`, back, 'passing');
	}
	for (const [name, weather] of BROWN_OUTS) {
		const random = mulberry32(1);
		await play(name, () => (random() < 0.7 ? weather : 'fine'), 'partial');
	}
	console.log(JSON.stringify(results));
}

void main().then(() => process.exit(0));
