/** @type {import('jest').Config} */
module.exports = {
	// One less would leave a core idle on the smallest machines.
	maxWorkers: '100%',
	// No test is judged by its time; a busy machine needs more than Jest's five seconds.
	testTimeout: 20_000,
	testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
	testSequencer: '<rootDir>/test/support/jest/sequencer.cjs',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	moduleFileExtensions: ['js', 'cjs', 'ts', 'cts', 'json', 'node'],
	transform: {
		'\\.c?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	moduleNameMapper: { '^n8n-(core|workflow)$': '<rootDir>/test/support/jest/n8n-$1.cjs' },
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json', '<rootDir>/.cache/'],
};
