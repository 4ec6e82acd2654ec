/** Imports go one way: apiv3 <- client <- action (spec <- form <- request <- execution) <- nodes; there is no circle. */
import { filesBelow, readText } from './support/files.cts';

const sources = filesBelow('nodes', 'credentials').filter((file) => file.endsWith('.ts'));

/** What a file imports: packages by name, own files by path from the top. */
function importsOf(file: string): string[] {
	const atStart = readText(file).matchAll(/^(?:import|export)[^;]*? from '([^']+)'/gms);
	const whenNeeded = readText(file).matchAll(/\bawait import\('([^']+)'\)/g);
	return [...atStart, ...whenNeeded].map(([, specifier]) => {
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
		'client/http, client/response and client/errors only what stands beside or below them',
		/^nodes\/client\/(http|response|errors)\//,
		/^(n8n-workflow|node:crypto|nodes\/apiv3\/|nodes\/client\/(http|response|errors)\/|nodes\/client\/(types|clock|steadyTime)$)/,
	],
	[
		'client only node:crypto, n8n, apiv3 and itself',
		/^nodes\/client\//,
		/^(n8n-workflow|node:crypto|nodes\/(apiv3|client)\/)/,
	],
	[
		'action/spec only types of n8n and the client',
		/^nodes\/action\/spec\.ts$/,
		/^(n8n-workflow|nodes\/client\/types$)/,
	],
	[
		'action/form only the spec and what is below it',
		/^nodes\/action\/form\//,
		/^(n8n-workflow|nodes\/(apiv3|client)\/|nodes\/action\/(spec$|form\/))/,
	],
	[
		'action/request only the spec, the form and what is below them',
		/^nodes\/action\/request\//,
		/^(n8n-workflow|node:crypto|nodes\/(apiv3|client)\/|nodes\/action\/(spec$|form\/|request\/))/,
	],
	[
		'action/execution only action and what is below it',
		/^nodes\/action\/execution\//,
		/^(n8n-workflow|nodes\/(apiv3|client|action)\/)/,
	],
	[
		'operations only the words of the spec, and fields of operations',
		/^nodes\/WechatPay(MemberCard)?\/operations\//,
		/^(n8n-workflow|nodes\/client\/types$|nodes\/action\/spec$|nodes\/WechatPay(MemberCard)?\/operations)/,
	],
	[
		'the searchable lists only operations and what is below the nodes',
		/^nodes\/WechatPayMemberCard\/listSearch\//,
		/^(n8n-workflow|nodes\/(apiv3|client|action)\/|nodes\/WechatPay(MemberCard)?\/operations\/)/,
	],
	[
		'the list of endpoints only the client',
		/^nodes\/WechatPay\/listSearch\//,
		/^(n8n-workflow|nodes\/client\/endpoints\/)/,
	],
	[
		'the action nodes only their operations, lists and what is below the nodes',
		/^nodes\/WechatPay(MemberCard)?\/[^/]+\.ts$/,
		/^(n8n-workflow|nodes\/(client|action)\/|nodes\/WechatPay\/(operations$|listSearch\/)|nodes\/WechatPayMemberCard\/(operations$|listSearch\/))/,
	],
	[
		'the trigger only apiv3, client, single requests, the callback operations, n8n and itself',
		/^nodes\/WechatPayTrigger\//,
		/^(n8n-workflow|node:crypto|nodes\/(apiv3|client|WechatPayTrigger)\/|nodes\/action\/request\/singleRequest$|nodes\/WechatPay(MemberCard)?\/operations\/callback\/)/,
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

it('has no circle', () => {
	const next = (file: string) =>
		importsOf(file).flatMap((one) =>
			[`${one}.ts`, `${one}/index.ts`].filter((path) => sources.includes(path)),
		);
	const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
		next(from).some((file) => {
			if (file === to) return true;
			if (seen.has(file)) return false;
			seen.add(file);
			return reaches(file, to, seen);
		});
	expect(sources.filter((file) => reaches(file, file))).toEqual([]);
});

it('finds the imports at all', () => {
	expect(importsOf('nodes/action/execution/executeItems.ts')).toContain(
		'nodes/action/execution/executeItem',
	);
	expect(importsOf('nodes/client/openSession.ts')).toContain('nodes/apiv3/merchant');
	expect(importsOf('nodes/client/endpoints/knownEndpoints.ts')).toContain(
		'nodes/client/endpoints/endpointList',
	);
});
