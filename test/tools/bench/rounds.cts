/** Contenders in turn, so that whatever else the machine does shifts all of them alike. */
import type { FakeInChild } from '../../support/fake/child.cts';
import type { Calls, Contender } from './contenders.cts';
import { medians, sample, type Sample } from './measure.cts';

/** Makes so many fresh calls. */
export type CallsFor = (count: number) => Promise<Calls>;

/**
 * Calls to a fake that forgets the ones before.
 *
 * @param baseUrl where it is reached, if not where it listens
 */
export function callsTo(fake: FakeInChild, baseUrl = fake.baseUrl): CallsFor {
	const credential = { ...fake.credential, baseUrl };
	return async (count) => {
		await fake.ask({ ask: 'reset' });
		return { baseUrl, credential, ...(await fake.ask({ ask: 'seed', orders: count })) };
	};
}

/** The medians of every contender over some rounds, by its name. */
export async function inRounds(
	rounds: number,
	count: number,
	concurrency: number,
	entrants: Record<string, Contender>,
	callsFor: CallsFor,
): Promise<Record<string, Sample>> {
	const samples: Record<string, Sample[]> = {};
	for (let round = 0; round < rounds; round += 1) {
		for (const [name, contender] of Object.entries(entrants)) {
			const calls = await callsFor(count);
			(samples[name] ??= []).push(
				await sample(count, async () => await contender(calls, concurrency)),
			);
		}
	}
	return Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, medians(all)]));
}
