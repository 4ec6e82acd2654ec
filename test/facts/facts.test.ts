/** The catalogue against WeChat Pay's documentation: nothing forgotten, nothing made up, every difference on purpose. */
import { catalogue } from '../../nodes/WechatPay/operations';
import { deliberate } from './deliberate.cts';
import { differences } from './differences.cts';
import { facts, factsOf } from './facts.cts';

const endpoints = catalogue.flatMap(({ operations }) =>
	operations.flatMap((operation) =>
		operation.partner
			? [operation, { ...operation.partner, answer: operation.answer }]
			: [operation],
	),
);

it('has every documented operation, once', () => {
	const ids = endpoints.map((endpoint) => factsOf(endpoint).id);
	expect(ids.sort()).toEqual(facts.map(({ id }) => id).sort());
});

it('differs from the documentation only where it is meant to', () => {
	const found = endpoints.flatMap((endpoint) => differences(endpoint, factsOf(endpoint)));
	expect(found.sort()).toEqual(Object.keys(deliberate).sort());
});
