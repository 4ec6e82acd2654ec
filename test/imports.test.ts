/** Imports go one way: apiv3 <- credentials, client; client <- operations, run <- node, trigger. */
import { filesBelow, readText } from './files.cts';

const sources = filesBelow('nodes', 'credentials').filter((file) => file.endsWith('.ts'));

/** What a file imports: packages by name, own files by path from the top. */
function importsOf(file: string): string[] {
	const specifiers = [...readText(file).matchAll(/^(?:import|export)[^;]*? from '([^']+)'/gms)];
	return specifiers.map(([, specifier]) => {
		if (!specifier.startsWith('.')) return specifier;
		const { pathname } = new URL(specifier, `file:///${file}`);
		return pathname.slice(1);
	});
}

const isTypeOnly = (file: string, specifier: string) =>
	new RegExp(`^import type [^;]*? from '${specifier}'`, 'ms').test(readText(file));

const allowed: Array<[string, RegExp, RegExp]> = [
	['nodes/apiv3 only node:crypto and itself', /^nodes\/apiv3\//, /^(node:crypto|nodes\/apiv3\/)/],
	[
		'client only node:crypto, n8n, apiv3 and itself',
		/^nodes\/client\//,
		/^(n8n-workflow|node:crypto|nodes\/(apiv3|client)\/)/,
	],
	[
		'operations only n8n types, types of the client and themselves',
		/^nodes\/WechatPay\/operations\//,
		/^(n8n-workflow|nodes\/client\/types$|nodes\/WechatPay\/operations)/,
	],
	[
		'run only node:crypto, apiv3, client, operations, n8n and itself',
		/^nodes\/WechatPay\/run\//,
		/^(n8n-workflow|node:crypto|nodes\/(apiv3|client)\/|nodes\/WechatPay\/(operations|run\/))/,
	],
	[
		'the node only run and n8n',
		/^nodes\/WechatPay\/[^/]+\.ts$/,
		/^(n8n-workflow|nodes\/client\/|nodes\/WechatPay\/run\/)/,
	],
	[
		'the registration and the keys of the trigger only apiv3, operations, run, n8n and itself',
		/^nodes\/WechatPayTrigger\/(registration|keys)\.ts$/,
		/^(n8n-workflow|node:crypto|nodes\/(apiv3|client|WechatPayTrigger)\/|nodes\/WechatPay\/(operations|run)\/)/,
	],
	[
		'the rest of the trigger only apiv3, n8n and itself, and the credential test',
		/^nodes\/WechatPayTrigger\/(?!registration|keys)[^/]+\.ts$/,
		/^(n8n-workflow|node:crypto|nodes\/(apiv3|WechatPayTrigger)\/|nodes\/client\/credentialTest\/)/,
	],
	[
		'credentials only apiv3, n8n and themselves',
		/^credentials\//,
		/^(n8n-workflow|nodes\/apiv3\/|credentials\/)/,
	],
];

it.each(allowed)('lets %s be imported', (_name, folder, imports) => {
	const files = sources.filter((file) => folder.test(file));
	expect(files).not.toEqual([]);
	const forbidden = files.flatMap((file) =>
		importsOf(file)
			.filter((one) => !imports.test(one))
			.map((one) => `${file} imports ${one}`),
	);
	expect(forbidden).toEqual([]);
});

it('has a rule for every source file', () => {
	const ruled = sources.filter((file) => allowed.some(([, folder]) => folder.test(file)));
	expect(ruled).toEqual(sources);
});

it('lets operations and the credential import nothing but types of n8n', () => {
	const files = sources.filter((file) => /operations\/|credentials\//.test(file));
	const atRuntime = files.filter(
		(file) => importsOf(file).includes('n8n-workflow') && !isTypeOnly(file, 'n8n-workflow'),
	);
	expect(atRuntime).toEqual([]);
});

it('finds the imports at all', () => {
	expect(importsOf('nodes/WechatPay/run/items.ts')).toContain('nodes/WechatPay/run/batch');
	expect(importsOf('nodes/WechatPay/run/batch.ts')).toContain('nodes/apiv3/merchant');
});
