import { USER_AGENT } from '../../nodes/apiv3/merchant';
import { filesBelow, readJson, readText } from '../support/files.cts';
import { pack, unpack, type Packed } from '../support/packed.cts';
import { findingsIn } from './findings.cts';
import { made } from './made.cts';

interface PackageJson {
	version: string;
	dependencies?: object;
	peerDependencies: object;
	n8n: { strict: boolean; nodes: string[]; credentials: string[] };
}

let packed: Packed;
let folder: string;

beforeAll(() => {
	packed = pack();
	folder = unpack(packed);
}, 60_000);

describe('the tarball', () => {
	it('holds only dist, index.js with its types, README and LICENSE', () => {
		const others = packed.files.filter((file) => !file.startsWith('dist/'));
		expect(others.sort()).toEqual([
			'LICENSE',
			'README.md',
			'index.d.ts',
			'index.js',
			'package.json',
		]);
		expect(packed.files.filter((file) => file.startsWith('dist/docs'))).toEqual([]);
		const kinds = new Set(packed.files.map((file) => file.slice(file.indexOf('.'))));
		for (const kind of kinds) expect(kind).not.toMatch(/map$|tsbuildinfo$|test/);
	});

	it('has everything that n8n loads', () => {
		const { n8n } = readJson<PackageJson>('package.json');
		for (const file of [...n8n.nodes, ...n8n.credentials]) expect(packed.files).toContain(file);
		expect(packed.files).toEqual(
			expect.arrayContaining([
				'dist/nodes/WechatPay/WechatPay.node.json',
				'dist/icons/wechatpay.svg',
				'dist/icons/wechatpay.dark.svg',
			]),
		);
	});

	it('has nodes and a credential that are as the sources say', () => {
		const { n8n } = readJson<PackageJson>('package.json');
		for (const file of [...n8n.nodes, ...n8n.credentials]) {
			const source = file.replace(/^dist\//, '').replace(/js$/, 'ts');
			expect(made(file, folder)).toBe(made(source));
		}
	});

	it('has one file of code, to which the others point', () => {
		const code = packed.files.filter((file) => file.endsWith('.js') && file !== 'index.js');
		const [bundle, ...others] = code.sort();
		expect(bundle).toBe('dist/bundle.js');
		const pointer = /^module\.exports = require\('[./]+bundle\.js'\)\['[\w./]+'\]\(\);\n$/;
		for (const file of others) expect(readText(file)).toMatch(pointer);
	});

	it('is small', () => {
		expect(packed.size).toBeLessThan(200_000);
	});
});

describe("n8n's own analysis of community packages", () => {
	it('passes the sources', () => {
		expect(findingsIn('.', 'sources')).toEqual([]);
	}, 60_000);

	it('passes the tarball', () => {
		expect(findingsIn(folder, 'tarball')).toEqual([]);
	}, 60_000);
});

describe('package.json', () => {
	const { version, dependencies, peerDependencies, n8n } = readJson<PackageJson>('package.json');

	it('has no runtime dependency, and n8n-workflow as its only peer', () => {
		expect(dependencies).toBeUndefined();
		expect(peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(n8n.strict).toBe(true);
	});

	it('has the version that requests and the lock file name', () => {
		expect(USER_AGENT).toBe(`n8n-nodes-wechatpay/${version}`);
		const lock = readJson<{ version: string; packages: object }>('package-lock.json');
		expect(lock.version).toBe(version);
		expect(lock.packages).toHaveProperty(['', 'version'], version);
	});

	it('has the version that is the newest in the changelog, dated, below what is unreleased', () => {
		const headings = [...readText('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, text]) => text);
		expect(headings[0]).toBe('Unreleased');
		expect(headings[1]).toMatch(/^\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$/);
		expect(headings[1].split(' ')[0]).toBe(version);
	});
});

it('switches no lint rule off in what ships', () => {
	const sources = filesBelow('nodes', 'credentials').filter((file) => file.endsWith('.ts'));
	const switched = sources.filter((file) =>
		/eslint-disable|@ts-(ignore|nocheck)/.test(readText(file)),
	);
	expect(switched).toEqual([]);
});
