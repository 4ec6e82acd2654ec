/** The project's tests as a mutation run needs them: only those of its part, and none that is not needed any more. */
const path = require('node:path');

const base = require('../../../jest.config.cjs');
const parts = require('./parts.json');

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: path.join(__dirname, '..', '..', '..'),
	testMatch: parts[process.env.MUTATION_PART].tests.map((tests) => `<rootDir>/${tests}`),
	testEnvironment: path.join(__dirname, 'environment.cjs'),
	runner: path.join(__dirname, 'runner.cjs'),
};
