/** The environment of the tests, but for what a mutation run can't afford: going on after a test has failed. */
const TestEnvironment = require('../../support/jest/environment.cjs');

/** What these show in seconds, at full size or by the real clock, quicker tests show as well. */
const SLOW = [
	'keeps thousands of items apart, with one decryption',
	'slows down for all items on 429, and ends without a refused one',
	'starts nothing before Retry-After has passed',
];

module.exports = class extends TestEnvironment {
	hasFailed = false;

	async handleTestEvent({ name, test }) {
		if (name === 'test_done') this.hasFailed ||= test.errors.length > 0;
		if (name !== 'test_start') return;
		if (this.hasFailed || SLOW.includes(test.name)) test.mode = 'skip';
	}
};
