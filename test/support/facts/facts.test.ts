/** The catalogue against WeChat Pay's documentation: nothing forgotten, nothing made up, every difference on purpose. */
import type { FileShape } from '../../../nodes/action/spec.ts';
import { resources } from '../catalogue.cts';
import { deliberate } from './deliberate.cts';
import { differences } from './differences.cts';
import { facts, factsOf, pageFactsOf } from './facts.cts';

const operations = resources.flatMap((resource) =>
	resource.operations.filter(({ isFree }) => !isFree),
);

const endpoints = [
	...new Set(
		operations.flatMap((operation) => [
			operation,
			...(operation.partner ? [{ ...operation.partner, response: operation.response }] : []),
			...(operation.file ? [operation.file.endpoint] : []),
		]),
	),
];

it('has every documented operation, once', () => {
	const handedOn = operations.flatMap(({ file }) =>
		file && !file.statement ? [file.endpoint] : [],
	);
	const pages = endpoints.filter(
		(endpoint) => !handedOn.includes(endpoint as FileShape['endpoint']),
	);
	const ids = pages.map((endpoint) => pageFactsOf(endpoint).id);
	expect(ids.sort()).toEqual(facts.map(({ id }) => id).sort());
});

it('differs from the documentation only where it is meant to', () => {
	const found = endpoints.flatMap((endpoint) => differences(endpoint, factsOf(endpoint)));
	expect(found.sort()).toEqual(Object.keys(deliberate).sort());
});
