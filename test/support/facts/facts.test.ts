/** The catalogue against WeChat Pay's documentation: nothing forgotten, nothing made up, every difference on purpose. */
import { resources } from '../catalogue.cts';
import { deliberate } from './deliberate.cts';
import { differences } from './differences.cts';
import { facts, factsOf } from './facts.cts';
import { notBuilt } from './notBuilt.cts';

const endpoints = [
	...new Set(
		resources.flatMap(({ operations }) =>
			operations
				.filter(({ isFree }) => !isFree)
				.flatMap((operation) => [
					operation,
					...(operation.partner ? [{ ...operation.partner, response: operation.response }] : []),
					...(operation.file ? [operation.file.endpoint] : []),
				]),
		),
	),
];

it('has every documented operation, once', () => {
	const ids = endpoints.map((endpoint) => factsOf(endpoint).id);
	const built = facts.map(({ id }) => id).filter((id) => !notBuilt.includes(id));
	expect(ids.sort()).toEqual(built.sort());
});

it('differs from the documentation only where it is meant to', () => {
	const found = endpoints.flatMap((endpoint) => differences(endpoint, factsOf(endpoint)));
	expect(found.sort()).toEqual(Object.keys(deliberate).sort());
});
