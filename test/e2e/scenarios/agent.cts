/** The node as a tool of n8n's AI Agent: what the model gets to read, for each kind of agent and each On Error. */
import type { INode } from 'n8n-workflow';

import type { WorkflowJson } from '../../support/engine/host.cts';
import { CREDENTIAL } from '../../support/fake/keys.cts';
import { CARD, CODE } from '../../support/fake/scene.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { ScriptedChatModel } from '../chatModel.cts';
import { ExecutionData } from '../executionData.cts';
import { withCredentials, type N8nServer } from '../n8n.cts';
import type { ScenarioReport } from '../report.cts';
import { prepare } from '../shop.cts';
import type { Stage } from '../stage.cts';
import { byHand, inARow, node } from '../workflows.cts';

/** The newest of both lines: up to 2 the agent calls the tool itself, from 3 on n8n's engine runs it as a node. */
const AGENTS = [3.1, 2.3];

const ON_ERROR = [
	undefined,
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
] as const;

const POINTS = 30;

/** What every case needs. */
interface Surroundings {
	n8n: N8nServer;
	fake: FakeWechatPay;
	model: ScriptedChatModel;
	report: ScenarioReport;
}

/** One workflow: an agent that has our node as its tool. */
interface Agent {
	/** In words. */
	name: string;
	/** The ID of its workflow. */
	workflow: string;
}

/** What became of one execution. */
interface Ended {
	status: string;
	/** What n8n gives as the reason where the execution failed. */
	error: string;
	/** What the tool told the model; empty where n8n told it nothing. */
	said: string;
}

export async function agent({ n8n }: Stage, report: ScenarioReport): Promise<void> {
	const fake = await FakeWechatPay.start({ tls: false });
	const model = await ScriptedChatModel.start();
	try {
		fake.addCard({ card_id: CARD });
		fake.addMember({ card_id: CARD, code: CODE });
		await everyCase({ n8n, fake, model, report });
	} finally {
		await model.stop();
		await fake.stop();
	}
}

async function everyCase(surroundings: Surroundings): Promise<void> {
	const credentials = await createCredentials(surroundings);
	for (const version of AGENTS) {
		for (const onError of ON_ERROR) {
			const name = `agent ${version}, On Error ${onError ?? 'unset'}`;
			const made = withCredentials(agentWorkflow(name, version, onError), credentials);
			const one = { name, workflow: await surroundings.n8n.createWorkflow(made) };
			if (version >= 3 && onError === 'continueErrorOutput') {
				await nothingIsSent(surroundings, one);
				continue;
			}
			await commitIsTold(surroundings, one);
			await refusalIsTold(surroundings, one);
		}
	}
}

async function createCredentials({
	n8n,
	fake,
	model,
}: Surroundings): Promise<Parameters<typeof withCredentials>[1]> {
	const merchant = await n8n.createCredential('Agent', 'wechatPayApi', fake.credential());
	const openAi = await n8n.createCredential('Scripted', 'openAiApi', model.credential);
	return [
		[/wechatPayTool$/, 'wechatPayApi', merchant],
		[/lmChatOpenAi$/, 'openAiApi', openAi],
	];
}

function agentWorkflow(name: string, version: number, onError: INode['onError']): WorkflowJson {
	const aiAgent = node('AI Agent', '@n8n/n8n-nodes-langchain.agent', version, {
		promptType: 'define',
		text: 'The customer has paid. Book the points.',
	});
	const chatModel = node('OpenAI Chat Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, {
		model: { __rl: true, mode: 'id', value: 'scripted' },
		responsesApiEnabled: false,
	});
	const tool = node('Commit Bonus', 'n8n-nodes-wechatpay.wechatPayTool', 1, COMMIT, { onError });
	const { nodes, connections } = inARow(name, byHand(), aiAgent);
	const helps = (type: 'ai_languageModel' | 'ai_tool') => ({
		[type]: [[{ node: aiAgent.name, type, index: 0 }]],
	});
	return {
		name,
		nodes: [...nodes, chatModel, tool],
		connections: {
			...connections,
			[chatModel.name]: helps('ai_languageModel'),
			[tool.name]: helps('ai_tool'),
		},
	};
}

const COMMIT: INode['parameters'] = {
	resource: 'bonus',
	operation: 'commit',
	cardId: { __rl: true, mode: 'id', value: CARD },
	code: "={{ $fromAI('code', 'The code of the member card', 'string') }}",
	outTradeNo: "={{ $fromAI('order', 'The order number', 'string') }}",
	bonusValue: POINTS,
};

async function commitIsTold(surroundings: Surroundings, { name, workflow }: Agent): Promise<void> {
	const { fake, report } = surroundings;
	const what = `${name}, a commit`;
	const order = newOrder();
	prepare(fake, order, POINTS);
	const { status, said } = await run(surroundings, what, workflow, { code: CODE, order });
	report.check(`${what}: the execution`, status, 'success');
	report.check(`${what}: WeChat Pay holds`, fake.bonus(order)?.committed, POINTS);
	report.check(
		`${what}: the model reads`,
		{ success: said.includes('"success":true'), order: said.includes(order) },
		{ success: true, order: true },
	);
}

async function refusalIsTold(surroundings: Surroundings, { name, workflow }: Agent): Promise<void> {
	const { fake, report } = surroundings;
	const what = `${name}, a refusal`;
	const order = newOrder();
	prepare(fake, order, POINTS);
	const toolArguments = { code: 'nobody', order };
	const { status, said, error } = await run(surroundings, what, workflow, toolArguments);
	report.check(`${what}: WeChat Pay holds`, fake.bonus(order)?.committed ?? 'nothing', 'nothing');
	// Where n8n stops the execution, the model is not asked again and its user reads the execution's error.
	const isStopped = status === 'error';
	report.check(
		`${what}: ${isStopped ? 'the error of the execution' : 'the model reads'}`,
		readingOf(isStopped ? error : said),
		{ success: false, code: true, advice: true },
	);
}

/** n8n would drop whatever the tool returns: the node sends nothing, and the model learns what to change. */
async function nothingIsSent(surroundings: Surroundings, { name, workflow }: Agent): Promise<void> {
	const { fake, report } = surroundings;
	const what = `${name}, a commit`;
	const order = newOrder();
	prepare(fake, order, POINTS);
	const { said } = await run(surroundings, what, workflow, { code: CODE, order });
	report.check(`${what}: WeChat Pay holds`, fake.bonus(order)?.committed ?? 'nothing', 'nothing');
	const reads = { success: /success\W*true/i.test(said), wayOut: said.includes("set 'On Error'") };
	report.check(`${what}: the model reads`, reads, { success: false, wayOut: true });
}

/** What can be taken from a text about a refusal. */
function readingOf(text: string): object {
	return {
		success: /success\W*true/i.test(text),
		code: text.includes('INVALID_REQUEST'),
		advice: text.includes("Check that 'Card ID' and 'Member Card Code' belong together."),
	};
}

let orders = 0;

function newOrder(): string {
	orders += 1;
	return `agent-order-${orders}`;
}

/** Has the model call the tool once, and looks for secrets in all that it was sent and that n8n keeps. */
async function run(
	{ n8n, model, report }: Surroundings,
	what: string,
	workflow: string,
	toolArguments: { code: string; order: string },
): Promise<Ended> {
	model.willCall(toolArguments);
	const id = await n8n.run(workflow, 'By Hand');
	const { status } = await n8n.ended(id, 120);
	const { message = '', description = '' } = (await ExecutionData.of(n8n, id)).error ?? {};
	const [error, said] = [`${message} ${description}`.trim(), model.toolMessages.join('\n')];
	report.note(`${what}: ${status}${error && ` (${error})`}, the model got ${said || 'nothing'}`);
	const kept = JSON.stringify(await n8n.api('GET', `/rest/executions/${id}`));
	report.check(`${what}: secrets told or kept`, secretsIn(model.requests.join('\n') + kept), []);
	return { status, error, said };
}

/** Which secrets of the merchant a text contains, however it writes line ends. */
function secretsIn(text: string): string[] {
	const { privateKey, apiV3Key } = CREDENTIAL;
	const [, ofTheKey] = privateKey.split('\n');
	const secrets = { 'private key': ofTheKey, 'APIv3 key': apiV3Key };
	return Object.entries(secrets)
		.filter(([, secret]) => text.includes(secret))
		.map(([name]) => name);
}
