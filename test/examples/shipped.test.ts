/** What holds for every example workflow, without running it. */
import type { IConnections } from 'n8n-workflow';

import { resources } from '../support/catalogue.cts';
import { WECHAT_PAY, WECHAT_PAY_MEMBER_CARD, WECHAT_PAY_TRIGGER } from '../support/engine/host.cts';
import { filesBelow, readText } from '../support/files.cts';
import { exampleFiles, readExample } from './files.cts';
import { misfits } from './form.cts';
import { Outside } from './outside.cts';
import { ourNodes, ourTriggers, standIns } from './run.cts';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const STARTED_BY_WEBHOOK = [WECHAT_PAY_TRIGGER, 'n8n-nodes-base.webhook'];

it('there are examples', () => {
	expect(exampleFiles).toEqual(
		expect.arrayContaining([
			'birthday-coupon.json',
			'card-activated.json',
			'cashback-for-members.json',
			'commit-bonus-nightly.json',
			'commit-from-sheet.json',
			'complaints-of-yesterday.json',
			'create-card.json',
			'import-members.json',
			'look-up-member.json',
			'order-paid-commit.json',
			'pay-prepare-commit.json',
			'points-follow-refunds.json',
			'reconcile-bill-nightly.json',
			'refund-with-approval.json',
			'sync-points-nightly.json',
			'take-payment.json',
		]),
	);
});

it('the index has every one of them, and no picture that is not there', () => {
	const index = readText('docs/examples.md');
	for (const file of exampleFiles) expect(index).toContain(`(../examples/${file})`);
	const pictures = [...index.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, path]) => path);
	const kept = filesBelow('docs/images');
	for (const path of pictures) expect(kept).toContain(`docs/${path}`);
});

it('no two examples have the same ID or name', () => {
	const all = exampleFiles.map(readExample);
	expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
	expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

it('every webhook has an ID, and no other one has it', () => {
	const ids = exampleFiles
		.flatMap((file) => readExample(file).nodes)
		.filter(({ type }) => STARTED_BY_WEBHOOK.includes(type))
		.map(({ webhookId }) => webhookId);
	expect(ids).not.toContain(undefined);
	expect(new Set(ids).size).toBe(ids.length);
});

describe.each(exampleFiles)('%s', (file) => {
	const workflow = readExample(file);
	const { nodes, connections } = workflow;
	const names = nodes.map(({ name }) => name);

	it('has its own ID and name, and comes inactive', () => {
		expect(workflow).toMatchObject({
			id: expect.any(String),
			name: expect.any(String),
			active: false,
			pinData: {},
			settings: { executionOrder: 'v1' },
		});
	});

	it('has no name and no ID twice', () => {
		expect(new Set(names).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	});

	it('explains itself in a note', () => {
		const notes = nodes.filter(({ type }) => type === STICKY_NOTE);
		expect(notes.map(({ parameters }) => parameters.content)).toEqual([
			expect.stringMatching(/^## .+\n.+/),
		]);
	});

	it('has connections between its nodes only, and no node that nothing leads to', () => {
		const reached = targetsOf(connections);
		for (const name of [...Object.keys(connections), ...reached]) expect(names).toContain(name);
		const alone = nodes.filter(({ name, type }) => !reached.includes(name) && type !== STICKY_NOTE);
		for (const { type } of alone) expect(type).toMatch(/trigger|webhook/i);
	});

	it('speaks in its expressions of its own nodes only', () => {
		const mentioned = [...JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)];
		for (const [, name] of mentioned) expect(names).toContain(name);
	});

	it('holds nobody’s credential', () => {
		for (const node of nodes) expect(node.credentials).toBeUndefined();
	});

	it('uses ours and those nodes of n8n that the tests know', () => {
		const known = [
			WECHAT_PAY,
			WECHAT_PAY_MEMBER_CARD,
			WECHAT_PAY_TRIGGER,
			...Object.keys(standIns(new Outside())),
		];
		for (const { type } of nodes) expect(known).toContain(type);
	});

	it('has WeChat Pay nodes', () => {
		expect(ourNodes(workflow)).not.toEqual([]);
	});

	it('starts with what the form of the trigger has, for events that were chosen', () => {
		for (const trigger of ourTriggers(workflow)) {
			expect(misfits(trigger)).toEqual([]);
			expect(trigger.parameters.events).not.toEqual([]);
			expect(connections[trigger.name].main[0]?.length).toBeGreaterThan(0);
		}
	});

	describe.each(ourNodes(workflow))('$name', (node) => {
		it('is an operation of the catalogue', () => {
			const { resource, operation } = node.parameters;
			const operations = resources.find(({ value }) => value === resource)?.operations ?? [];
			expect(operations.map(({ value }) => value)).toContain(operation);
		});

		it('has what the form has and wants', () => {
			expect(misfits(node)).toEqual([]);
		});

		it('sends what does not succeed to a node of the Error branch', () => {
			expect(node.onError).toBe('continueErrorOutput');
			const [success, error] = connections[node.name].main;
			expect(success?.length).toBeGreaterThan(0);
			expect(error?.length).toBeGreaterThan(0);
		});

		it('leaves repeating to itself', () => {
			expect(node.retryOnFail).toBeUndefined();
		});
	});
});

function targetsOf(connections: IConnections): string[] {
	return Object.values(connections).flatMap(({ main }) =>
		main.flatMap((output) => (output ?? []).map(({ node }) => node)),
	);
}
