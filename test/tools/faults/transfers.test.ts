/** A few transfers under every fault; `npm run faults` runs many. */
import { skipWaits } from '../../support/engine/skipWaits.cts';
import { runTransfers } from './transfers.cts';

skipWaits();

jest.setTimeout(120_000);

it('pays everybody once, whatever WeChat Pay does, and nobody is told otherwise', async () => {
	const results = await runTransfers(1, 3);
	expect(results.flatMap(({ fault, wrong }) => wrong.map((one) => `${fault}: ${one}`))).toEqual([]);
	const said = results.flatMap(({ counts }) => Object.keys(counts));
	expect(said).toEqual(expect.arrayContaining(['done', 'unknown', 'refused']));
});
