/** The package in n8n's editor, as somebody meets it who sets it up for the first time. */
import { createPublicKey } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import { formFields } from '../../../nodes/action/form/fieldLayout.ts';
import type { Operation } from '../../../nodes/action/spec.ts';
import { LABEL } from '../../../nodes/apiv3/merchantConfig.ts';
import { exampleFiles, readExample } from '../../examples/files.cts';
import { nodeWith, resources } from '../../support/catalogue.cts';
import { MERCHANT, pem } from '../../support/fake/keys.cts';
import { CARD, CODE } from '../../support/fake/scene.cts';
import { FakeWechatPay } from '../../support/fake/server.cts';
import { EVERYDAY as NODE, WORDS } from '../../support/searchWords.cts';
import { AlertSink } from '../alerts.cts';
import { Database } from '../database.cts';
import { Editor, WINDOW_HEIGHT, type Theme } from '../editor/browser.cts';
import { Canvas } from '../editor/canvas.cts';
import { CredentialForm, TESTED } from '../editor/credentialForm.cts';
import { NodePanel } from '../editor/nodePanel.cts';
import type { N8nServer } from '../n8n.cts';
import { installNightly } from '../nightlyWorkflow.cts';
import type { ScenarioReport } from '../report.cts';
import type { Service } from '../services.cts';
import { openShop, prepare } from '../shop.cts';
import type { Stage } from '../stage.cts';
import { byHand, inARow, items, node, trigger } from '../workflows.cts';

const ACTION = 'Commit membercard bonus';
const BRAND = '1004';

/** Three good ones, and one whose member is nobody. */
const ORDERS = [
	{ order_no: 'O000001', card_id: CARD, member_code: CODE, points: 30 },
	{ order_no: 'O000002', card_id: CARD, member_code: CODE, points: 12 },
	{ order_no: 'O000003', card_id: CARD, member_code: 'nobody', points: 5 },
	{ order_no: 'O000004', card_id: CARD, member_code: CODE, points: 88 },
];

const FIELDS = [
	'mchid',
	'serialNo',
	'privateKey',
	'publicKeyId',
	'publicKey',
	'apiV3Key',
	'brandId',
	'baseUrl',
] as const;

type CredentialField = (typeof FIELDS)[number];

/** What is pasted for which field, and the field that the message must name. */
const MISTAKES: Array<[what: string, field: CredentialField, pasted: string]> = [
	["somebody else's private key", 'privateKey', pem('other-merchant-key.pem')],
	['the certificate for the private key', 'privateKey', pem('merchant-cert.pem')],
	["somebody else's public key", 'publicKey', publicKeyOf('other-merchant-key.pem')],
	[
		'a serial number of another certificate',
		'serialNo',
		'5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
	],
	['the number of another merchant', 'mchid', '1900000109'],
	['half an APIv3 key', 'apiV3Key', MERCHANT.apiV3Key.slice(0, 16)],
];

/** How people have a key that is right. */
const FORMS_OF_A_KEY: Record<string, (key: string) => string> = {
	'with Windows line ends': (key) => key.replace(/\n/g, '\r\n'),
	'in one line with \\n': (key) => key.replace(/\n/g, '\\n'),
	'as they are in the file': (key) => key,
};

function publicKeyOf(file: string): string {
	return String(createPublicKey(pem(file)).export({ type: 'spki', format: 'pem' }));
}

/** What the steps of the scenario have in common. */
interface Scene {
	n8n: N8nServer;
	fake: FakeWechatPay;
	report: ScenarioReport;
	editor: Editor;
	canvas: Canvas;
	panel: NodePanel;
	form: CredentialForm;
}

export async function editor({ n8n, postgresql }: Stage, report: ScenarioReport): Promise<void> {
	const fake = await openFake();
	const browser = await Editor.open(n8n.url);
	const scene: Scene = {
		n8n,
		fake,
		report,
		editor: browser,
		canvas: new Canvas(browser),
		panel: new NodePanel(browser),
		form: new CredentialForm(browser),
	};
	try {
		const workflow = await n8n.createWorkflow(
			inARow('Points of the Day', byHand(), items(`return ${JSON.stringify(asItems())};`)),
		);
		await browser.goTo(workflow, 'light');
		await addNode(scene);
		await makeCredential(scene);
		await makeMistakes(scene);
		await fillFields(scene);
		await run(scene);
		await addTrigger(scene);
		for (const theme of ['light', 'dark'] as const) {
			await takePictures(scene, workflow, theme);
			await takePictureOfNight(scene, postgresql);
			await openExamples(scene, theme);
		}
		await measureForms(scene);
		await listen(scene);
	} catch (error) {
		await browser.picture('failure');
		throw error;
	} finally {
		report.check('errors of the page', browser.pageErrors, []);
		await browser.close();
		await fake.stop();
	}
}

async function openFake(): Promise<FakeWechatPay> {
	const fake = await FakeWechatPay.start({ tls: false });
	fake.addCard({ card_id: CARD });
	fake.addMember({ card_id: CARD, code: CODE });
	const good = ORDERS.filter(({ member_code: code }) => code === CODE);
	for (const { order_no: orderNo, points } of good) prepare(fake, orderNo, points);
	return fake;
}

const asItems = () => ORDERS.map((json) => ({ json }));

async function addNode({ editor: browser, canvas, report }: Scene): Promise<void> {
	await canvas.execute('Orders');
	await canvas.openCreator('Orders');
	for (const [node, all] of Object.entries(WORDS)) {
		for (const words of all) {
			const names = await canvas.search(words, node);
			// n8n's own nodes have some of the words as well: Webhook, for one.
			const [first] = names.filter((name) => name.startsWith(NODE));
			report.check(`the first of our nodes that '${words}' finds`, first, node);
		}
	}
	await canvas.search('bonus', NODE);
	await browser.picture('found-by-bonus');
	await canvas.openFound(NODE);
	await browser.picture('actions');
	await canvas.pick(ACTION);
	await browser.picture('node-empty');
}

async function makeCredential({ editor: browser, fake, form, report }: Scene): Promise<void> {
	const good = valuesOf(fake);
	await form.openNew();
	await browser.picture('credential-empty');
	for (const field of FIELDS) {
		const held = await form.paste(field, good[field]);
		report.check(`'${LABEL[field]}' holds what was pasted`, held === good[field], true);
	}
	await browser.picture('credential-end');
	await form.saveNew();
	report.check('the good credential', await form.openAgain(), TESTED);
	await browser.picture('credential-good');
}

function valuesOf(fake: FakeWechatPay): Record<CredentialField, string> {
	return fake.credential({ brandId: BRAND }) as Record<CredentialField, string>;
}

async function makeMistakes({ editor: browser, fake, form, report }: Scene): Promise<void> {
	const good = valuesOf(fake);
	for (const [what, field, pasted] of MISTAKES) {
		await form.paste(field, pasted);
		const message = await form.save();
		report.note(`${what}: ${message}`);
		const isNamed = message.includes(`'${LABEL[field]}'`);
		report.check(`${what}: the field named`, isNamed ? LABEL[field] : message, LABEL[field]);
		await browser.picture(`mistake-${what.replace(/'/g, '').replace(/ /g, '-')}`);
		await form.paste(field, good[field]);
	}
	for (const [what, written] of Object.entries(FORMS_OF_A_KEY)) {
		for (const field of ['privateKey', 'publicKey'] as const) {
			await form.paste(field, written(good[field]));
		}
		report.check(`keys ${what}`, await form.save(), TESTED);
	}
	await form.close();
}

async function fillFields({ editor: browser, panel, report }: Scene): Promise<void> {
	const cards = await panel.listOf('cardId');
	report.check('the cards offered', cards.length, 1);
	await browser.picture('card-list');
	await panel.chooseFirst();
	await browser.picture('card-chosen');
	await panel.drag('card_id', 'cardId');
	await panel.drag('member_code', 'code', async () => await browser.picture('dragging'));
	await panel.drag('order_no', 'outTradeNo');
	await panel.write('bonusValue', '{{ $json.points }}');
	for (const [field, expression, value] of [
		['cardId', '{{ $json.card_id }}', CARD],
		['code', '{{ $json.member_code }}', CODE],
		['outTradeNo', '{{ $json.order_no }}', 'O000001'],
		['bonusValue', '{{ $json.points }}', '30'],
	]) {
		report.check(`the field ${field}`, await panel.expression(field, value), [expression, value]);
	}
	await browser.picture('node-filled');
	await panel.onError('Continue (using error output)');
	await browser.picture('settings');
	await panel.showParameters();
}

async function run({ editor: browser, canvas, fake, panel, report }: Scene): Promise<void> {
	await panel.execute();
	report.check('the outputs', await panel.branches(), [
		'Success Branch (3 items)',
		'Error Branch (1 item)',
	]);
	await browser.picture('success-items');
	await panel.showBranch(1, 'json');
	report.check('the order on the error output', await panel.isInOutput('O000003'), true);
	const wayOut = "Check that 'Card ID' and 'Member Card Code' belong together.";
	report.check('what its message advises', await panel.isInOutput(wayOut), true);
	await browser.picture('error-item');
	await panel.showBranch(1, 'table');
	for (const shown of ['refused', 'INVALID_REQUEST', 'WeChat Pay refused']) {
		report.check(`'${shown}' in the table`, await panel.isInOutput(shown), true);
	}
	await browser.picture('error-table');
	const points = fake.bonuses.map(({ committed = 0 }) => committed);
	report.check('what WeChat Pay holds', points, [30, 12, 88]);
	await panel.close();
	report.check('the outputs on the canvas', await canvas.outputs(ACTION), ['Success', 'Error']);
	await canvas.fit();
	await browser.picture('canvas');
}

async function addTrigger({ editor: browser, canvas, panel, n8n, report }: Scene): Promise<void> {
	await browser.goTo('new');
	await canvas.openCreator();
	report.check(
		"the first trigger that 'WeChat' finds",
		(await canvas.search('WeChat', NODE))[0],
		NODE,
	);
	await canvas.openFound(NODE);
	await browser.picture('trigger-events');
	await canvas.pick('On payment succeeded');
	report.check('the event picked', await panel.chosen('events'), 'Payment Succeeded');
	for (const [kind, path] of [
		['Test URL', 'webhook-test'],
		['Production URL', 'webhook'],
	] as const) {
		const url = await panel.url(kind);
		const isOurs = url.startsWith(`${n8n.url}/${path}/`) && url.endsWith('/notification');
		report.check(`the ${kind}`, isOurs ? 'as wanted' : url, 'as wanted');
	}
	await browser.picture('trigger');
	const events = await panel.optionsOf('events');
	report.check('the first events of the list', events.slice(0, 2), [
		'All Events',
		'Payment Succeeded',
	]);
	report.note(`${events.length} events to choose from`);
	await browser.picture('trigger-list');
}

/** The pictures that a README can show, of the finished workflow. */
async function takePictures(scene: Scene, workflow: string, theme: Theme): Promise<void> {
	const { editor: browser, canvas, panel, form } = scene;
	await browser.goTo(workflow, theme);
	await canvas.execute(ACTION);
	await canvas.fit();
	await browser.picture('best-canvas');
	await canvas.openNode(ACTION);
	await panel.showBranch(1, 'json');
	await panel.isInOutput('O000003');
	await browser.picture('best-error');
	await form.openAgain();
	await browser.picture('best-credential');
	await form.close();
	await panel.close();
	await canvas.openCreator(ACTION);
	await canvas.search('points', NODE);
	await canvas.openFound(NODE);
	await browser.picture('best-actions');
}

/** The shipped workflow after a night. */
async function takePictureOfNight(
	{ n8n, editor: browser, canvas }: Scene,
	postgresql: Service,
): Promise<void> {
	const fake = await FakeWechatPay.start({ tls: false });
	const shop = await Database.create(postgresql, 'picture');
	const alerts = await AlertSink.start();
	try {
		await openShop(shop, fake, { pending: 240, committed: 8, unknownMember: 3, unprepared: 1 });
		await browser.goTo(await installNightly({ n8n, fake, shop, alerts }));
		await canvas.execute('Raise Alert');
		await canvas.fit();
		await browser.picture('best-night');
	} finally {
		await alerts.stop();
		await shop.drop();
		await fake.stop();
	}
}

/** Every shipped workflow as it is imported: all its nodes are there. */
async function openExamples({ n8n, editor: browser, canvas, report }: Scene, theme: Theme) {
	for (const file of exampleFiles) {
		const example = readExample(file);
		await browser.goTo(await n8n.createWorkflow(example), theme);
		await canvas.fit();
		const isNode = ({ type }: INode) => type !== 'n8n-nodes-base.stickyNote';
		const wanted = example.nodes.filter(isNode).map(({ name }) => name);
		report.check(`the nodes of ${file} (${theme})`, await canvas.names(), wanted.sort());
		await browser.picture(`example-${file.replace('.json', '')}`);
	}
}

/** The forms with the most fields that have to be filled in: none of these is below the end of the window. */
async function measureForms({ n8n, editor: browser, canvas, panel, report }: Scene): Promise<void> {
	const forms = resources
		.flatMap(({ value: resource, operations }) =>
			operations.map((operation) => ({ resource, operation, names: requiredOf(operation) })),
		)
		.sort((a, b) => b.names.length - a.names.length)
		.slice(0, 4);
	for (const { resource, operation, names } of forms) {
		const type = `n8n-nodes-wechatpay.${nodeWith(resource)}`;
		const form = node('Form', type, 1, { resource, operation: operation.value });
		const id = await n8n.createWorkflow(inARow(`Form of ${operation.action}`, byHand(), form));
		await browser.goTo(id, 'light');
		await canvas.openNode('Form');
		const ends = await Promise.all(names.map(async (name) => await panel.endOf(name)));
		report.note(
			`${resource}.${operation.value}: ${names.length} fields end at ${Math.max(...ends)} px`,
		);
		const label = `the form of ${resource}.${operation.value} fits ${WINDOW_HEIGHT} px`;
		report.check(label, Math.max(...ends) <= WINDOW_HEIGHT, true);
		await browser.picture(`form-${resource}-${operation.value}`);
	}
}

/** What has to be filled in whatever else is chosen. */
function requiredOf(operation: Operation): string[] {
	return formFields(operation).flatMap(({ property }) =>
		property.required && !property.displayOptions ? [property.name] : [],
	);
}

/** What somebody reads who waits for a first notification. */
async function listen({ n8n, editor: browser, canvas, panel, report, fake }: Scene): Promise<void> {
	const merchant = await n8n.createCredential('Listening', 'wechatPayApi', fake.credential());
	const notified = trigger({ events: ['TRANSACTION.SUCCESS'] });
	notified.credentials = { wechatPayApi: { id: merchant, name: 'Listening' } };
	await browser.goTo(await n8n.createWorkflow(inARow('Listening', notified)), 'light');
	await canvas.openNode(notified.name);
	await browser.picture('trigger-panel');
	await panel.listen();
	report.check('the hint while it listens', await panel.hasHint('npm run notify'), true);
	await browser.picture('trigger-listening');
}
