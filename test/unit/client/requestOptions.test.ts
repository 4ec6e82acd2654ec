/** The options of a batch: their defaults and their limits. */
import { readRequestOptions } from '../../../nodes/client/requestOptions';

const DEFAULTS = { concurrency: 0, requestsPerSecond: 0, retries: 3, timeout: 10_000 };

it.each([{}, undefined, null])('have their defaults in %p', (given) => {
	expect(readRequestOptions(given)).toEqual(DEFAULTS);
});

it('may be numbers or the texts of numbers', () => {
	const given = { concurrency: '4', requestsPerSecond: 2.5, retries: 0, timeout: null };
	expect(readRequestOptions(given)).toEqual({
		concurrency: 4,
		requestsPerSecond: 2.5,
		retries: 0,
		timeout: 10_000,
	});
});

it.each([
	['concurrency', 'Concurrency', 0, 50],
	['requestsPerSecond', 'Requests per Second', 0, 1000],
	['retries', 'Retries', 0, 10],
	['timeout', 'Timeout', 100, 300_000],
])('%s keeps within its limits', (name, label, least, most) => {
	for (const value of [least, most]) {
		expect(readRequestOptions({ [name]: value })).toHaveProperty(name, value);
	}
	const tooMany = name === 'concurrency' ? FORMER_MAX_CONCURRENCY + 1 : most + 1;
	const wrong = [least - 1, tooMany, NaN, Infinity, 'many', true, [least]];
	for (const value of name === 'concurrency' ? wrong : [...wrong, '']) {
		expect(() => readRequestOptions({ [name]: value })).toThrow(
			new RegExp(`^'${label}' in the options must be a (whole )?number from ${least} to ${most}$`),
		);
	}
});

/** Of earlier versions. */
const FORMER_MAX_CONCURRENCY = 100;

it.each([
	['', 0],
	[null, 0],
	[0, 0],
	['0', 0],
	[1, 1],
	[10, 10],
	[50, 50],
	[51, 50],
	['80', 50],
	[FORMER_MAX_CONCURRENCY, 50],
])(
	'concurrency %p, perhaps of a workflow that was saved before it became automatic, is %d',
	(saved, read) => {
		expect(readRequestOptions({ concurrency: saved })).toHaveProperty('concurrency', read);
	},
);

it.each(['concurrency', 'retries', 'timeout'])('%s is whole', (name) => {
	for (const value of [1500.5, '2.5', 0.2]) {
		expect(() => readRequestOptions({ [name]: value })).toThrow('must be a whole number from');
	}
});

it('a rate may be one request in five seconds', () => {
	expect(readRequestOptions({ requestsPerSecond: '０.2 ' }).requestsPerSecond).toBe(0.2);
});
