/** The forms of both action nodes as n8n's own code shows and judges them; the specs are checked in operations.test.ts. */
import type { INode, INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { formFields } from '../nodes/action/form/fieldLayout';
import { COLLECTION_LABEL } from '../nodes/action/form/labels';
import { WechatPay } from '../nodes/WechatPay/WechatPay.node';
import { WechatPayMemberCard } from '../nodes/WechatPayMemberCard/WechatPayMemberCard.node';
import { nodeWith, resources } from './support/catalogue.cts';

/**
 * As many fields below the operation fit a panel of 900 px, above the collections: the end-to-end run has a picture of
 * the longest form.
 */
const MAX_IN_THE_OPEN = 10;

const descriptions = {
	wechatPay: new WechatPay().description,
	wechatPayMemberCard: new WechatPayMemberCard().description,
};

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}.${operation.value}`,
		operation,
		description: descriptions[nodeWith(resource.value)],
		chosen: { resource: resource.value, operation: operation.value },
	})),
);

const BEGINNING = ['resource', 'operation', 'notice'];
const PAGING = ['returnAll', 'limit'];

/** Whether it depends on more than resource and operation. */
const isOnCondition = ({ displayOptions }: INodeProperties) =>
	Object.keys(displayOptions?.show ?? {}).length > 2;

/** What n8n makes of the parameters that a workflow has. */
function completed(description: INodeTypeDescription, given: INodeParameters): INodeParameters {
	const node = { typeVersion: 1 };
	const { properties } = description;
	return NodeHelpers.getNodeParameters(properties, given, true, false, node, description) ?? {};
}

/** What the form shows where everything else is as it begins. */
function shown(description: INodeTypeDescription, given: INodeParameters): INodeProperties[] {
	const values = completed(description, given);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description),
	);
}

/** What n8n marks in the form. */
function marked(
	description: INodeTypeDescription,
	given: INodeParameters,
): Record<string, string[]> {
	const node = { typeVersion: 1, parameters: completed(description, given) } as INode;
	const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
	return issues?.parameters ?? {};
}

describe.each(operations)('the form of $key', ({ description, chosen, operation }) => {
	/** The form with each value of each choice that decides what else there is. */
	const variants = shown(description, chosen)
		.filter(({ type }) => type === 'options' || type === 'boolean')
		.flatMap(({ name, type, options = [] }) =>
			(type === 'boolean' ? [true, false] : options.map((one) => (one as { value: string }).value))
				.filter(() => !BEGINNING.includes(name))
				.map((value) => ({ ...chosen, [name]: value })),
		);
	const all = [chosen, ...variants].map((given) => shown(description, given));

	/** What n8n cannot mark, for it is needed in some cases only: one of two, or who pays. */
	const wanted = formFields(operation).flatMap(({ field, property }) =>
		field.insteadOf || (field.requiredOnWire && !field.defaultFrom) ? [property.name] : [],
	);

	it('has what is required, then paging, then all that may be left out in collections', () => {
		for (const properties of all) {
			const parts = properties.map((property) => {
				const { name, required } = property;
				if (BEGINNING.includes(name)) return 'a beginning';
				if (PAGING.includes(name)) return 'c paging';
				if (name in COLLECTION_LABEL) return 'd collection';
				const isRequired = required || wanted.includes(name) || isOnCondition(property);
				return isRequired ? 'b required' : `may be left out: ${name}`;
			});
			expect(parts).toEqual([...parts].sort());
			expect(parts.filter((part) => part.startsWith('may be left out'))).toEqual([]);
		}
	});

	it('is short', () => {
		for (const properties of all) {
			const inTheOpen = properties.filter(
				({ name }) => !(name in COLLECTION_LABEL) && !BEGINNING.includes(name),
			);
			expect(inTheOpen.length).toBeLessThanOrEqual(MAX_IN_THE_OPEN);
		}
	});

	it('begins empty where it has to be filled in, and n8n marks that', () => {
		const required = shown(description, chosen).filter((property) => property.required);
		// A choice is made from the beginning; an expression gives a value.
		const empty = required.filter(
			({ type, name, default: value }) =>
				!String(value).startsWith('={{') &&
				!['options', 'boolean', 'fixedCollection', 'multiOptions'].includes(type) &&
				name !== 'binaryPropertyName',
		);
		for (const { default: value } of empty) {
			expect(['', expect.objectContaining({ value: '' })]).toContainEqual(value);
		}
		expect(Object.keys(marked(description, chosen))).toEqual(
			expect.arrayContaining(empty.map(({ name }) => name)),
		);
	});

	it("has 'Simplify' in the options where there is something to simplify", () => {
		const given = { ...chosen, options: { simplify: false, retries: 1 } };
		const isOffered = operation.response?.simplifiedFields !== undefined;
		expect(completed(description, given).options).toEqual(
			isOffered ? { retries: 1, simplify: false } : { retries: 1 },
		);
	});
});

describe.each([
	['Bonus Value', 'bonusValue', { resource: 'bonus', operation: 'commit' }],
	['Points', 'points', { resource: 'member', operation: 'setPoints' }],
])('%s', (label, name, chosen) => {
	const description = descriptions[nodeWith(chosen.resource)];
	const markedWith = (value: string | number) =>
		marked(description, { ...chosen, [name]: value })[name];

	it('is marked as required while it is empty', () => {
		expect(completed(description, chosen)[name]).toBe('');
		expect(marked(description, chosen)[name]).toEqual([`Parameter "${label}" is required.`]);
	});

	it('is marked where it is no number', () => {
		expect(markedWith('many')).toEqual([expect.stringContaining('expects a number')]);
	});

	it.each(['5', 5, '={{ $json.points }}'])('takes %p', (value) => {
		expect(markedWith(value)).toBeUndefined();
	});
});
