/**
 * Whatever stands in the fields of an item: it leaves by exactly one branch, and what is sent is a request of its
 * operation that says exactly what the item said, to nobody but the merchant's host.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import fc from 'fast-check';

import { type Execution } from '../support/engine/engine.cts';
import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { differences, faultsIn } from './arrivals.cts';
import { Connections } from './connections.cts';
import { type Form, forms, parametersFor, readingOf, usualItem } from './forms.cts';
import { HOSTILE_EXPRESSIONS, HOSTILE_VALUES, hostileValue } from './hostileValues.cts';
import { always, PATIENCE } from './madeUp.cts';
import { secretsOfRun } from './secrets.cts';
import { answerRightly } from './rightAnswer.cts';
import { isDownload } from './rightFile.cts';
import { Target } from './target.cts';
import { faultsOf } from './words.cts';

/** What the form of a phone number is filled with; nothing that leaves may show it. */
const PHONE = '13800138000';

const secrets = secretsOfRun({ phone: PHONE });

let target: Target;
let connections: Connections;

beforeAll(async () => {
	target = await Target.start();
});

beforeEach(() => {
	target.arrived = [];
	connections = new Connections();
});

afterEach(() => {
	connections.stop();
	expect([...connections.opened].filter((one) => `http://${one}` !== target.origin)).toEqual([]);
});

afterAll(async () => {
	await target.stop();
});

const binary = {
	data: { data: Buffer.from('BM').toString('base64'), mimeType: 'image/bmp', fileName: 'a.bmp' },
};

async function run(form: Form, items: IDataObject[], parameters = form.parameters) {
	target.arrived = [];
	target.answer = answerRightly(form);
	return await runOperation({
		resource: form.resource,
		operation: form.operation.value,
		parameters,
		items: items.map((json): INodeExecutionData => ({ json, binary })),
		credential: target.credential,
		// One after the other, so that requests can be told by their order.
		options: { retries: 0, concurrency: 1, timeout: 5000 },
	});
}

/** What arrived, but for the files that an answer named. */
const asked = () => target.arrived.filter((request) => !isDownload(request));

/** Where an item that left comes from. */
const inputOf = ({ pairedItem }: INodeExecutionData) =>
	typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : pairedItem;

function expectOneWayOut(execution: Execution, count: number): number[] {
	const [done, failed] = [SUCCESS, ERROR].map((branch) => execution.items(WECHAT, branch));
	// A list leaves as an item for each entry.
	const succeeded = [...new Set(done.map(inputOf))];
	const left = [...succeeded, ...failed.map(inputOf)].sort((a, b) => Number(a) - Number(b));
	expect(execution.error).toBeUndefined();
	expect(left).toEqual(Array.from({ length: count }, (_, at) => at));
	expect(failed.flatMap(({ json }) => faultsOfError(json.error as IDataObject))).toEqual([]);
	expect(secrets.in(done.map(({ json }) => json))).toEqual([]);
	return succeeded.map(Number);
}

/** What is wrong with what an item that was not sent says. */
function faultsOfError(error: IDataObject): string[] {
	const text = JSON.stringify(error);
	const message = String(error.message);
	// What cannot be undone is sent once by an execution, also for the next item that says the same.
	const isRepeat = message.startsWith('Not sent again: this execution sent it before');
	const isNotSent = error.outcome === (isRepeat ? 'unknown' : 'not_sent') && error.attempts === 0;
	const faults = [
		...(isNotSent ? [] : ['it was sent']),
		...faultsOf(error.message),
		...(message.includes('hit an unexpected condition') ? ['it is unexpected'] : []),
		...(text.length < 3000 ? [] : ['it is long']),
		...secrets.in(text),
	];
	return faults.map((fault) => `${fault}: ${text}`);
}

const named = forms.map((form) => [`${form.resource}.${form.operation.value}`, form] as const);

it.each(named)('%s is sent as long as nobody is hostile', async (_name, form) => {
	const execution = await run(form, [usualItem(form)]);

	expect(execution.json(WECHAT, ERROR)).toEqual([]);
	expectOneWayOut(execution, 1);
	const [first, ...others] = asked().filter(({ method }) => method === form.operation.method);
	expect(others).toEqual([]);
	expect(differences(first, form, usualItem(form))).toEqual([]);
});

/** @param keys of the leaves in which the items differ from the usual one */
async function expectSaid(form: Form, items: IDataObject[], keys: string[]): Promise<void> {
	const execution = await run(form, items, parametersFor(form, keys));

	const done = expectOneWayOut(execution, items.length);
	const sent = asked().filter(({ method }) => method === form.operation.method);
	expect(sent).toHaveLength(done.length);
	const faults = done.flatMap((index, at) => {
		const item = items[index];
		return [...faultsIn(sent[at], form, item.json), ...differences(sent[at], form, item)];
	});
	expect(faults).toEqual([]);
	const read = asked().filter((one) => !sent.includes(one));
	expect(read.flatMap((one) => faultsIn(one, form, ''))).toEqual([]);
	expect(Object.keys(Object.prototype)).toEqual([]);
}

/** One leaf of each kind: those of one kind are looked at by the same code. */
const kinds = new Map(
	forms.flatMap((form) =>
		form.leaves.map((leaf) => {
			const { list, sensitive, maxLength, pattern } = leaf.field;
			const { type } = leaf.property;
			const isShort = maxLength !== undefined;
			return [
				JSON.stringify({ type, place: leaf.place, list, sensitive, isShort, must: pattern?.must }),
				[form, leaf] as const,
			];
		}),
	),
);

it.each([...kinds])(
	'every hostile value in a field of %s',
	async (_kind, [form, { key }]) => {
		const items = HOSTILE_VALUES.map((value) => ({ ...usualItem(form), [key]: value }));
		await expectSaid(form, items as IDataObject[], [key]);
	},
	PATIENCE,
);

const byType = new Map([...kinds.values()].map((kind) => [kind[1].property.type, kind]));

describe.each([...byType])('in a field of the type %s', (type, [form, { key }]) => {
	it.each(HOSTILE_EXPRESSIONS)('the expression %s', async (expression) => {
		const usual = JSON.stringify(readingOf(key));
		const parameters = JSON.stringify(parametersFor(form, [key])).replace(usual, () => {
			return JSON.stringify(expression);
		});
		const execution = await run(form, [usualItem(form)], JSON.parse(parameters) as IDataObject);

		const done = expectOneWayOut(execution, 1);
		const sent = target.arrived.filter(({ method }) => method === form.operation.method);
		expect(sent).toHaveLength(done.length);
		for (const one of sent) {
			// What else is sent as additional fields is the user's own.
			const given = type === 'json' ? one.body.toString() : usualItem(form).json;
			expect(faultsIn(one, form, given)).toEqual([]);
			expect(one.body.toString()).not.toMatch(/:\s*null|\[object|function|=>/);
		}
	});
});

/** Items of a form in which some values are hostile. */
function hostileItems(form: Form) {
	const keys = form.leaves.map(({ key }) => key);
	const changes = fc.dictionary(fc.constantFrom(...keys), hostileValue, { minKeys: 1, maxKeys: 2 });
	return fc.array(changes, { minLength: 1, maxLength: 12 }).map((all) => ({
		items: all.map((change) => ({ ...usualItem(form), ...change }) as IDataObject),
		changed: all.flatMap((change) => Object.keys(change)),
	}));
}

describe.each(named.filter(([, { leaves }]) => leaves.length > 0))('%s', (_name, form) => {
	it(
		'says what its item says, or nothing',
		async () => {
			await always(3, hostileItems(form), async ({ items, changed }) => {
				await expectSaid(form, items, changed);
			});
		},
		PATIENCE,
	);
});
