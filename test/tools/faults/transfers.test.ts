/** A few transfers under every fault; `npm run faults` runs many. */
import { skipWaits } from '../../support/engine/skipWaits.cts';
import { runTransfers } from './transfers.cts';

skipWaits();

jest.setTimeout(120_000);

it('pays everybody once, whatever WeChat Pay does, and nobody is told otherwise', async () => {
	const results = await runTransfers(1, 100, [0.5]);
	expect(results.flatMap(({ name, wrong }) => wrong.map((one) => `${name}: ${one}`))).toEqual([]);
	expect(results.map(({ name }) => name)).toContain('killed at 50 %');
	const said = results.flatMap(({ counts }) => Object.keys(counts));
	expect(said).toEqual(expect.arrayContaining(['done', 'unknown', 'refused']));
});
