/**
 * Jest's environment of Node, but for two things that a mutation run can't afford: going on after a test has failed, and
 * loading n8n for each file anew, which takes longer than the tests do.
 */
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const { TestEnvironment } = require('jest-environment-node');

// As in test/support/engine/host.cts, whose environment is not that of the process.
process.env.N8N_USER_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'n8n-'));
process.env.N8N_LOG_LEVEL ??= 'silent';

/** What these show in seconds, at full size or by the real clock, quicker tests show as well. */
const SLOW = [
	'keeps thousands of items apart, with one decryption',
	'slows down for all items on 429, and ends without a refused one',
	'starts nothing before Retry-After has passed',
];

module.exports = class extends TestEnvironment {
	hasFailed = false;

	constructor(config, context) {
		super(config, context);
		this.global.requireOutside = (name) => require(name);
		// n8n finds its proxy there.
		this.global.process.env = process.env;
		// What n8n throws and what it catches has to be an Error on either side.
		Object.setPrototypeOf(this.global.Error.prototype, Error.prototype);
		this.global.Error = Error;
	}

	async handleTestEvent({ name, test }) {
		if (name === 'test_done') this.hasFailed ||= test.errors.length > 0;
		if (name !== 'test_start') return;
		if (this.hasFailed || SLOW.includes(test.name)) test.mode = 'skip';
	}
};
