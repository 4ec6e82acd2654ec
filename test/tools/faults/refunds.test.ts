/** A few refunds under every fault; `npm run faults` runs many. */
import { skipWaits } from '../../support/engine/skipWaits.cts';
import { runRefunds } from './refunds.cts';

skipWaits();

jest.setTimeout(120_000);

it('refunds every order once, whatever WeChat Pay does, and nobody is told otherwise', async () => {
	const results = await runRefunds(1, 2);
	expect(results.flatMap(({ name, wrong }) => wrong.map((one) => `${name}: ${one}`))).toEqual([]);
	const said = results.flatMap(({ counts }) => Object.keys(counts));
	expect(said).toEqual(expect.arrayContaining(['done', 'unknown']));
});
