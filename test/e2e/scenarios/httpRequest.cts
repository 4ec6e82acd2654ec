/** n8n's own HTTP Request node, signed by our credential. */
import type { INode } from 'n8n-workflow';

import { VerifyingServer } from '../../unit/credentials/verifying.cts';
import { CREDENTIAL } from '../../support/fake/keys.cts';
import { Editor } from '../editor/browser.cts';
import { NodePanel } from '../editor/nodePanel.cts';
import { Canvas } from '../editor/canvas.cts';
import type { N8nServer } from '../n8n.cts';
import { withCredentials } from '../n8n.cts';
import type { ScenarioReport } from '../report.cts';
import type { Stage } from '../stage.cts';
import { byHand, inARow, node } from '../workflows.cts';

type Parameters = INode['parameters'];

const query = (...pairs: Array<[string, string]>): Parameters => ({
	sendQuery: true,
	queryParameters: { parameters: pairs.map(([name, value]) => ({ name, value })) },
});

const json = (method: string, body: string): Parameters => ({
	method,
	sendBody: true,
	specifyBody: 'json',
	jsonBody: body,
});

/** What is asked for, and what must arrive: method, request target and body. */
const REQUESTS: Array<[string, Parameters, string[]]> = [
	['a GET', {}, ['GET /v3/x ']],
	[
		'a query of blanks, signs, Chinese and an emoji',
		query(['a', 'b c+d&e=f'], ['名', '会员 😀'], ['marks', "!'()*~"], ['empty', '']),
		[
			'GET /v3/x?a=b%20c%2Bd%26e%3Df&%E5%90%8D=%E4%BC%9A%E5%91%98%20%F0%9F%98%80&marks=%21%27%28%29%2A~&empty= ',
		],
	],
	['a name twice', query(['a', '1'], ['a', '2']), ['GET /v3/x?a=2 ']],
	[
		'a POST',
		json('POST', '{"bonus_value": 30, "名": "积分"}'),
		['POST /v3/x {"bonus_value":30,"名":"积分"}'],
	],
	[
		'a PATCH',
		json('PATCH', '{ "notify_url": "https://shop.example/x" }'),
		['PATCH /v3/x {"notify_url":"https://shop.example/x"}'],
	],
	['a POST without a body', { method: 'POST' }, ['POST /v3/x ']],
	[
		'three pages',
		{
			...query(['limit', '10']),
			options: {
				pagination: {
					pagination: {
						paginationMode: 'updateAParameterInEachRequest',
						parameters: {
							parameters: [{ type: 'qs', name: 'offset', value: '={{ $pageCount * 10 }}' }],
						},
						paginationCompleteWhen: 'other',
						completeExpression: '={{ $pageCount === 3 }}',
						limitPagesFetched: true,
						maxRequests: 5,
					},
				},
			},
		},
		[
			'GET /v3/x?limit=10&offset=0 ',
			'GET /v3/x?limit=10&offset=10 ',
			'GET /v3/x?limit=10&offset=20 ',
		],
	],
];

export async function httpRequest({ n8n }: Stage, report: ScenarioReport): Promise<void> {
	await withVerifyingServer(n8n, async (server, merchant) => {
		for (const [what, parameters, wanted] of REQUESTS) {
			server.arrived.length = 0;
			const request = node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
				url: `${server.origin}/v3/x`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'wechatPayApi',
				...parameters,
			});
			const workflow = withCredentials(inARow(`HTTP: ${what}`, byHand(), request), [
				[/httpRequest$/, 'wechatPayApi', merchant],
			]);
			const { status } = await n8n.ended(
				await n8n.run(await n8n.createWorkflow(workflow), 'By Hand'),
				60,
			);
			report.check(`${what}: the execution`, status, 'success');
			const lines = server.arrived.map(({ method, url, body }) => `${method} ${url} ${body}`);
			report.check(`${what}: what arrived`, lines, wanted);
			report.check(
				`${what}: signatures that fit`,
				server.arrived.filter(({ isVerified }) => isVerified).length,
				wanted.length,
			);
		}
		await choose(n8n, server, report);
	});
}

/** The way a user goes: no parameter is given but by the editor, whose list must have the credential. */
export async function chooseByHand({ n8n }: Stage, report: ScenarioReport): Promise<void> {
	await withVerifyingServer(n8n, async (server) => await choose(n8n, server, report));
}

/** A server that looks at signatures, and a credential to sign with. */
async function withVerifyingServer(
	n8n: N8nServer,
	work: (server: VerifyingServer, merchant: string) => Promise<void>,
): Promise<void> {
	const server = new VerifyingServer();
	await server.start();
	try {
		await work(server, await n8n.createCredential('Signing', 'wechatPayApi', CREDENTIAL));
	} finally {
		await server.stop();
	}
}

async function choose(
	n8n: N8nServer,
	server: VerifyingServer,
	report: ScenarioReport,
): Promise<void> {
	server.arrived.length = 0;
	const request = node('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
		url: `${server.origin}/v3/x`,
	});
	const workflow = await n8n.createWorkflow(inARow('HTTP: by hand', byHand(), request));
	const browser = await Editor.open(n8n.url);
	try {
		const canvas = new Canvas(browser);
		const panel = new NodePanel(browser);
		await browser.goTo(workflow, 'light');
		await canvas.openNode('HTTP Request');
		await panel.choose('authentication', 'Predefined Credential Type');
		const found = await panel.find('nodeCredentialType', 'wechat');
		report.check("what 'wechat' finds among the credential types", found, ['WeChat Pay API']);
		await panel.pickFound('WeChat Pay API');
		await browser.picture('http-request-credential');
		await panel.close();
		await canvas.execute('HTTP Request');
		report.check(
			'chosen by hand: signatures that fit',
			server.arrived.filter(({ isVerified }) => isVerified).length,
			1,
		);
	} catch (error) {
		await browser.picture('http-request-failure');
		throw error;
	} finally {
		await browser.close();
	}
}
