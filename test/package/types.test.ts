/** index.d.ts and index.js of the tarball, as programs use them. */
import { readText } from '../support/files.cts';
import { findingsOfCompiler, runModule } from './compiled.cts';
import { pack, unpack } from '../support/packed.cts';

const CONSUMER = 'test/types/consumer.mts';

let folder: string;

beforeAll(() => {
	folder = unpack(pack());
}, 60_000);

/** What index.d.ts exports that exists at run time. */
function declaredValues(): string[] {
	const exported = readText('index.d.ts').matchAll(/^export (?:class|function|const) (\w+)/gm);
	return [...exported].map(([, name]) => name).sort();
}

it('index.d.ts declares what index.js exports, and nothing else', () => {
	const door = jest.requireActual<object>('../../index.js');
	expect(declaredValues()).toEqual(Object.keys(door).sort());
});

it.each([
	['an ES module and as CommonJS', ['consumer.mts', 'consumer.cts'], ['--module', 'node16']],
	[
		'CommonJS with older settings',
		['consumer.ts'],
		['--module', 'commonjs', '--moduleResolution', 'node10'],
	],
])(
	'a program compiles strictly as %s',
	(_, names, options) => {
		expect(findingsOfCompiler(folder, CONSUMER, names, options)).toEqual([]);
	},
	60_000,
);

it('an ES module imports the functions by name, without n8n', () => {
	const names = declaredValues().filter((name) => !/^WechatPay(?!Api)/.test(name));
	const program = `
		import { ${names.join(', ')} } from 'n8n-nodes-wechatpay';
		console.log([${names.join(', ')}].map((one) => typeof one).join());`;
	expect(runModule(folder, program)).toBe(names.map(() => 'function').join());
}, 60_000);
