import { ciRun } from './ciRun.cts';

const NOTHING = 'no command has this in it';

/** The table at the end, without the seconds. */
function table(output: string): string[] {
	const [, lines = ''] = output.split('=== how long each step took\n');
	return lines
		.trim()
		.split('\n')
		.map((line) => line.replace(/ +\d+ s */, ' ').trim());
}

it('runs everything, in order, and says how long each step took', () => {
	const { status, output, called } = ciRun([], NOTHING);
	expect(called).toEqual([
		'npm test -- --ci',
		'npm run lint',
		'npx eslint . --max-warnings 0',
		'npm run typecheck',
		'npx prettier --check .',
		'npm run docs -- --check',
		'npm run demo',
		'npm run faults -- --quick',
		'npm run bench -- --quick',
		'npm run e2e',
	]);
	const steps = ['tests', 'lint', 'types', 'format', 'docs', 'demo', 'faults', 'bench', 'e2e'];
	expect(table(output)).toEqual([...steps.map((step) => `${step} passed`), 'total']);
	expect(status).toBe(0);
});

it('runs the steps that it is asked for', () => {
	const { status, output, called } = ciRun(['demo', 'types'], NOTHING);
	expect(called).toEqual(['npm run demo', 'npm run typecheck']);
	expect(table(output)).toEqual(['demo passed', 'types passed', 'total']);
	expect(status).toBe(0);
});

it.each([
	['eslint', ['npm run lint', 'npx eslint . --max-warnings 0']],
	['run lint', ['npm run lint']],
])('stops where %p fails, and still says how long each step took', (failing, lint) => {
	const { status, output, called } = ciRun([], failing);
	expect(called).toEqual(['npm test -- --ci', ...lint]);
	expect(table(output)).toEqual(['tests passed', 'lint FAILED', 'total']);
	expect(status).toBe(7);
});

it('names the steps when there is none of a name, and runs nothing', () => {
	const { status, output, called } = ciRun(['tests', 'test'], NOTHING);
	expect(output).toContain("There is no step 'test': tests lint");
	expect(called).toEqual([]);
	expect(status).toBe(2);
});
