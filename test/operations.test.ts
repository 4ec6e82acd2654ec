/** What every operation of the catalogue has to keep; n8n's lint can't see specs, so this does. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import {
	catalogues,
	forms,
	knownErrors,
	nodeWith,
	properties,
	resources,
} from './support/catalogue.cts';
import type { Field, Operation } from '../nodes/action/spec';
import { WechatPayApi } from '../credentials/WechatPayApi.credentials';
import { anchorOf, docsUrl, pageOf } from '../nodes/action/form/docsPage';
import { formFields } from '../nodes/action/form/fieldLayout';
import { subtitleOf } from '../nodes/action/form/subtitle';
import { properties as triggerProperties } from '../nodes/WechatPayTrigger/triggerForm';
import { subtitleOf as evaluated } from './support/engine/subtitle.cts';
import { factsOf } from './support/facts/facts.cts';
import { filesBelow, readText } from './support/files.cts';

/** Resources and operations as workflows save them. */
const PUBLISHED = [
	'apiRequest.send',
	'bill.getFundFlowBill',
	'bill.getSubMerchantFundFlowBill',
	'bill.getTradeBill',
	'businessCircle.getAuthorization',
	'businessCircle.getPointsCommitStatus',
	'businessCircle.notifyParking',
	'businessCircle.notifyPoints',
	'coupon.get',
	'coupon.getCallback',
	'coupon.getManyStocks',
	'coupon.getMany',
	'coupon.getStock',
	'coupon.send',
	'coupon.setCallback',
	'bonus.commit',
	'bonus.prepare',
	'order.close',
	'order.get',
	'order.getByTransactionId',
	'payment.createApp',
	'payment.createH5',
	'payment.createJsapi',
	'payment.createNative',
	'refund.applyAbnormal',
	'refund.create',
	'refund.get',
	'transfer.cancel',
	'transfer.create',
	'transfer.createReceipt',
	'transfer.createReceiptByTransferBillNo',
	'transfer.downloadReceipt',
	'transfer.get',
	'transfer.getReceipt',
	'transfer.getReceiptByTransferBillNo',
	'transfer.getByTransferBillNo',
	'activation.decryptCode',
	'activation.getInformation',
	'callback.get',
	'callback.set',
	'campaign.create',
	'campaign.get',
	'campaign.getMany',
	'campaign.terminate',
	'card.create',
	'card.delete',
	'card.depositCodes',
	'card.get',
	'card.getMany',
	'card.setBenefits',
	'card.update',
	'card.upgrade',
	'distribution.createPermissionToken',
	'distribution.createQrCode',
	'image.upload',
	'invitation.create',
	'invitation.getStatus',
	'member.activate',
	'member.get',
	'member.getMany',
	'member.importByOpenid',
	'member.importByPhone',
	'member.invalidate',
	'member.setPoints',
	'member.update',
	'serviceItem.add',
	'serviceItem.remove',
	'serviceItem.setUserData',
	'serviceItem.update',
];

/** What workflows begin with that were saved without a choice. None of these may ever change. */
const DEFAULT_OPERATIONS = {
	activation: 'decryptCode',
	apiRequest: 'send',
	bill: 'getTradeBill',
	bonus: 'commit',
	businessCircle: 'notifyPoints',
	callback: 'get',
	campaign: 'get',
	card: 'get',
	coupon: 'send',
	distribution: 'createPermissionToken',
	image: 'upload',
	invitation: 'create',
	member: 'get',
	order: 'get',
	payment: 'createNative',
	refund: 'get',
	serviceItem: 'add',
	transfer: 'get',
};

/** WeChat Pay's page of these is not known. */
const WITHOUT_PAGE = ['apiRequest.send', 'order.getByTransactionId'];

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}.${operation.value}`,
		file: fileOf(resource.value, operation.value),
		resource,
		operation,
	})),
);

/** Where an operation is written. */
function fileOf(resource: string, operation: string): string {
	const folder = nodeWith(resource) === 'wechatPay' ? 'WechatPay' : 'WechatPayMemberCard';
	return `nodes/${folder}/operations/${resource}/${operation}.ts`;
}

/** Endpoints that are called in the place of an operation, and are not in the form themselves. */
const partners = operations.flatMap(({ operation }) => operation.partner ?? []);

const camelCase = (wireName: string) =>
	wireName.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const isTitleCase = (label: string) =>
	label
		.split(/[\s-]/)
		.every((word) => /^([A-Z0-9(]|per$|of$|the$|and$|or$|to$|with$|by$|in$|a$|at$)/.test(word));

/** A field and all that is in it. */
const withParts = (field: Field): Field[] => [field, ...(field.fields ?? []).flatMap(withParts)];

/** What the actions of a resource act on: n8n lists them without their resource. */
const OBJECTS: Record<string, RegExp> = {
	activation: /an activation$|a member card$/,
	apiRequest: /an API request$/,
	bill: /a( [\w-]+)+ bill$/,
	bonus: /membercard bonus$/,
	businessCircle: / a mall (member|payment)$/,
	callback: /a callback URL$/,
	campaign: /a campaign$|many campaigns$/,
	card: /a card$|many cards$/,
	coupon: /a coupon( callback URL| stock| to a user)?$|many coupon stocks$|coupons of a user$/,
	distribution: /a card$/,
	image: /an image$/,
	invitation: /an invitation$/,
	member: /a member( by |$)|cards of a user$/,
	order: /an order( by |$)/,
	payment: /an? (Native|JSAPI|H5|app) payment$/,
	refund: /(a|abnormal) refund$/,
	serviceItem: /a service item$/,
	transfer: / a transfer( by |$)/,
};

/** Form fields whose wire name WeChat Pay does not know, or knows by another name. */
const OF_OUR_OWN: Record<string, string> = {
	sp_mchid: 'mchid',
	sp_appid: 'appid',
	sp_openid: 'openid',
	file: 'binaryPropertyName',
};

describe('the catalogue', () => {
	it('names resources and operations once, for ever', () => {
		expect(operations.map(({ key }) => key)).toEqual(PUBLISHED);
	});

	it('has resources and their operations in alphabetical order', () => {
		const groups = [
			...Object.values(catalogues).map((one) => one.resources),
			...resources.map((resource) => resource.operations),
		];
		for (const group of groups) {
			const names = group.map(({ name }) => name);
			expect(names).toEqual([...names].sort());
		}
	});

	it('has one file for each endpoint', () => {
		const files = filesBelow('nodes').filter((file) => /operations\/\w+\/\w+\.ts$/.test(file));
		const own = files.filter((file) => !/\/(index|fields|knownErrors)\.ts$/.test(file));
		const named = operations.map(({ file }) => file);
		expect(own).toEqual(expect.arrayContaining(named));
		expect(own.filter((file) => !named.includes(file)).sort()).toEqual([
			'nodes/WechatPay/operations/bill/download.ts',
			'nodes/WechatPay/operations/bill/fundFlowFile.ts',
			'nodes/WechatPay/operations/bill/tradeBillFile.ts',
			'nodes/WechatPay/operations/order/partnerClose.ts',
			'nodes/WechatPay/operations/order/partnerGet.ts',
			'nodes/WechatPay/operations/order/partnerGetByTransactionId.ts',
			'nodes/WechatPay/operations/payment/details.ts',
			'nodes/WechatPay/operations/payment/partnerCreateApp.ts',
			'nodes/WechatPay/operations/payment/partnerCreateH5.ts',
			'nodes/WechatPay/operations/payment/partnerCreateJsapi.ts',
			'nodes/WechatPay/operations/payment/partnerCreateNative.ts',
			'nodes/WechatPay/operations/payment/repeats.ts',
			'nodes/WechatPay/operations/refund/createFields.ts',
			'nodes/WechatPay/operations/transfer/completeTransfer.ts',
			'nodes/WechatPay/operations/transfer/createFields.ts',
			'nodes/WechatPay/operations/transfer/receiptFile.ts',
			'nodes/WechatPay/operations/transfer/sceneFields.ts',
			'nodes/WechatPay/operations/transfer/scenes.ts',
			'nodes/WechatPayMemberCard/operations/campaign/settings.ts',
			'nodes/WechatPayMemberCard/operations/card/benefits.ts',
			'nodes/WechatPayMemberCard/operations/card/sections.ts',
		]);
		expect(partners).toHaveLength(7);
	});

	it('begins where saved workflows begin: n8n saves no value that equals the default', () => {
		const defaults = Object.values(catalogues).flatMap(({ resources: all }) =>
			all.map(({ value, defaultOperation }) => [value, defaultOperation]),
		);
		expect(Object.fromEntries(defaults)).toEqual(DEFAULT_OPERATIONS);
		expect(catalogues.wechatPay.defaultResource).toBe('bonus');
		expect(catalogues.wechatPayMemberCard.defaultResource).toBe('member');
	});

	it.each(Object.entries(catalogues))('of %s: the form has these defaults', (node, catalogue) => {
		const [choice, ...others] = forms[node as keyof typeof forms];
		expect(choice).toMatchObject({ name: 'resource', default: catalogue.defaultResource });
		for (const { value, operations: own, defaultOperation } of catalogue.resources) {
			const operationChoice = others.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(value),
			);
			expect(operationChoice?.default).toBe(defaultOperation);
			expect(own.map((operation) => operation.value)).toContain(defaultOperation);
		}
	});

	it('stays as short as it is meant to', () => {
		const long = operations
			.map(({ key, file }) => [key, readText(file)])
			.filter(([, text]) => text.split('\n').length > 145)
			.map(([key]) => key);
		expect(long).toEqual([]);
	});
});

describe.each(operations)('$key', ({ key, resource, operation }) => {
	const pathFields = operation.fields.filter((field) => field.in === 'path');
	const placeholders = [...operation.path.matchAll(/{(\w+)}/g)].map(([, wireName]) => wireName);
	const all = operation.fields.flatMap(withParts);
	const drawn = all.flatMap(({ wireName, property }) => (property ? [{ wireName, property }] : []));

	it('has a required path field for every placeholder, and the other way round', () => {
		expect(pathFields.map(({ wireName }) => wireName)).toEqual(placeholders);
		expect(pathFields.every(({ property }) => property?.required)).toBe(true);
	});

	it('names each field by the camelCase of its wire name, and each form field once', () => {
		for (const { wireName, property } of drawn) {
			expect(property.name).toBe(OF_OUR_OWN[wireName] ?? camelCase(wireName));
		}
		const names = formFields(operation).map(({ property }) => property.name);
		expect(new Set(names).size).toBe(names.length);
	});

	it('has labels in title case', () => {
		const labels = drawn.map(({ property }) => property.displayName);
		expect(labels.filter((label) => !isTitleCase(label))).toEqual([]);
	});

	it('has the wire name in descriptions, where a user can search for it', () => {
		const ofOurOwn = operation.fields
			.filter((field) => field.in === 'form')
			.map(({ wireName }) => wireName);
		for (const { wireName, property } of drawn) {
			if (!ofOurOwn.includes(wireName))
				expect(property.description).toContain(`<code>${wireName}</code>`);
		}
	});

	it('has placeholders that are examples', () => {
		const texts = drawn.flatMap(({ property }) => [
			property.placeholder,
			...(property.modes ?? []).map(({ placeholder }) => placeholder),
		]);
		for (const text of texts) expect(text ?? 'e.g. ').toMatch(/^(e\.g\.|Add) /);
	});

	it('says what it does the way n8n does', () => {
		expect(isTitleCase(operation.name)).toBe(true);
		const [verb] = operation.name.split(' ');
		expect(operation.action.split(' ')[0]).toBe(verb);
		expect(operation.action).toMatch(OBJECTS[resource.value]);
		expect(operation.action).toMatch(/^[A-Z]/);
		expect(operation.description).toMatch(/^[A-Z].*[^.]$/);
		expect(operation.notice ?? 'A.').toMatch(/^[A-Z].*\.$/);
	});

	it("links WeChat Pay's page, where one is known", () => {
		const page = /^https:\/\/pay\.weixin\.qq\.com\/doc\/v3\/(merchant|partner)\/\d{10}$/;
		if (operation.docs) expect(operation.docs).toMatch(page);
		else expect(WITHOUT_PAGE).toContain(key);
	});

	it('names its items by something that it sends', () => {
		const wires = [...all.map(({ wireName }) => wireName), 'filename'];
		if (operation.itemLabel) expect(wires).toContain(operation.itemLabel);
		expect(operation.pastTense).toMatch(/^[a-z]+$/);
	});

	it('fills fields that others need, or that are left empty, by fields it has', () => {
		const wires = operation.fields.map(({ wireName }) => wireName);
		for (const { skipDefaultIf } of operation.fields)
			if (skipDefaultIf) expect(wires).toContain(skipDefaultIf);
		for (const { requiredWith } of all) {
			if (requiredWith) expect(all.map(({ wireName }) => wireName)).toContain(requiredWith);
		}
	});

	it('has what is encrypted at the top of the request, where it is looked for', () => {
		const top: Field[] = operation.fields;
		expect(all.filter(({ sensitive }) => sensitive).every((field) => top.includes(field))).toBe(
			true,
		);
	});

	it('repeats what is only read, and tells how to look first at what must not be repeated', () => {
		if (operation.method === 'GET') expect(operation.repeatable).toBe(true);
		const hasNumber = operation.fields.some(({ namesRequest }) => namesRequest);
		expect(operation.checkFirst !== undefined).toBe(!operation.repeatable || hasNumber);
	});

	it('lets no expression decide what else is required, for the form would then demand all of it', () => {
		const levels = [operation.fields, ...all.map(({ fields = [] }) => fields)];
		for (const fields of levels) {
			const forms = fields.flatMap(({ property }) => property ?? []);
			const deciding = forms
				.filter(({ required }) => required)
				.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}));
			for (const { name, noDataExpression } of forms) {
				if (deciding.includes(name)) expect(noDataExpression).toBe(true);
			}
		}
	});

	it('is in the form under its resource, with every field in the open or in its collection', () => {
		const shown = properties.filter(
			({ displayOptions }) =>
				displayOptions?.show?.resource?.includes(resource.value) &&
				displayOptions.show.operation?.includes(operation.value),
		);
		const inCollections = shown.flatMap(({ type, options = [] }) =>
			type === 'collection' ? (options as INodeProperties[]).map(({ name }) => name) : [],
		);
		const open = shown.map(({ name }) => name);
		for (const { property, collection } of formFields(operation)) {
			expect(collection ? inCollections : open).toContain(property.name);
		}
		const choice = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
		);
		const values = (choice?.options as INodePropertyOptions[]).map(({ value }) => value);
		expect(values).toContain(operation.value);
	});

	it('has its row in the index of the documentation, and its part of the page of its resource', () => {
		expect(readText('docs/operations/README.md')).toContain(
			`| [${operation.name}](${pageOf(resource)}#${anchorOf(operation)}) | ${operation.description} |`,
		);
		expect(readText(`docs/operations/${pageOf(resource)}`)).toContain(`## ${operation.name}\n`);
	});

	it('offers what n8n users expect of lists and long answers', () => {
		const names = properties
			.filter(({ displayOptions }) => {
				const { resource: of = [], operation: by = [] } = displayOptions?.show ?? {};
				return of.includes(resource.value) && by.includes(operation.value);
			})
			.map(({ name }) => name);
		expect(names.includes('returnAll')).toBe(operation.response?.uniqueBy !== undefined);
		expect(operation.response?.simplifiedFields?.length ?? 0).toBeLessThanOrEqual(10);
	});
});

describe('the texts of the forms', () => {
	const all = [...properties, ...triggerProperties, ...new WechatPayApi().properties].flatMap(
		partsOf,
	);
	const notices = all.filter(({ type }) => type === 'notice').map(({ displayName }) => displayName);
	const LINK = / <a href="([^"]+)" target="_blank">More<\/a>$/;

	it('have short notices, with a link where there is more', () => {
		expect(notices.length).toBeGreaterThan(10);
		for (const notice of notices) {
			const text = notice.replace(LINK, ' More');
			expect(text).not.toContain('<');
			expect([text, text.length <= 140]).toEqual([text, true]);
		}
	});

	it.each(operations.filter(({ operation }) => operation.notice && operation.noticeMore))(
		'link from the notice of $key to the page that has the rest',
		({ resource, operation }) => {
			const { notice = '', noticeMore = '' } = operation;
			expect(noticeMore).toMatch(/^[A-Z].*\.$/);
			const url = docsUrl(resource, operation);
			expect(notices).toContain(`${notice} <a href="${url}" target="_blank">More</a>`);
			const [, file, anchor] = /\/blob\/main\/(docs\/.*)#(.*)$/.exec(url) ?? [];
			const page = readText(file);
			expect(page).toContain(`\n## ${operation.name}\n`);
			expect(anchor).toBe(anchorOf(operation));
			expect(page).toContain(`> ${notice} ${noticeMore}\n`);
		},
	);

	it('link from the notices of the trigger to a part of its page that exists', () => {
		const links = triggerProperties
			.filter(({ type }) => type === 'notice')
			.map(({ displayName }) => LINK.exec(displayName)?.[1]);
		expect(new Set(links)).toEqual(new Set([expect.stringMatching(/docs\/trigger\.md#setup$/)]));
		expect(readText('docs/trigger.md')).toContain('\n## Setup\n');
	});

	it('have hints that are sentences', () => {
		const hints = all.flatMap(({ hint }) => hint ?? []);
		expect(hints.length).toBeGreaterThan(10);
		for (const hint of hints) {
			expect(hint).toMatch(/^[A-Z][^:]*\.$/);
			expect(hint).not.toMatch(/^(Empty|Certain|May|Only)\b/);
		}
	});

	it('name what a section in a card adds as a section', () => {
		const adds = all.flatMap(({ placeholder = '' }) => placeholder.match(/^Add .* Section$/) ?? []);
		expect([...new Set(adds)].sort()).toEqual([
			'Add Adviser Section',
			'Add Invoices Section',
			'Add Offers Section',
			'Add Points Section',
		]);
		expect(all.map(({ placeholder }) => placeholder)).not.toContain('Add Points');
	});
});

describe.each(Object.entries(catalogues))('the subtitle of %s', (node, catalogue) => {
	const given = subtitleOf(catalogue);

	it.each(
		catalogue.resources.flatMap((resource) =>
			resource.operations.map((operation) => ({ resource, operation })),
		),
	)('has the labels of $resource.value $operation.value', ({ resource, operation }) => {
		const parameters = { resource: resource.value, operation: operation.value };
		expect(evaluated(node, given, parameters)).toBe(`${operation.name}: ${resource.name}`);
	});

	it('is empty for what it does not know', () => {
		expect(evaluated(node, given, { resource: 'later', operation: 'get' })).toBeUndefined();
	});
});

/** A form field and those in it. */
function partsOf(property: INodeProperties): INodeProperties[] {
	const inside = (property.options ?? []).flatMap((option) => {
		if ('values' in option) return option.values;
		return 'type' in option ? [option] : [];
	});
	return [property, ...inside.flatMap(partsOf)];
}

describe('the notes that users get wrong', () => {
	const noticeOf = (value: string) =>
		operations.find(({ operation }) => operation.value === value)?.operation.notice;

	it('Commit says that it does not change the balance, and that Prepare comes first', () => {
		expect(noticeOf('commit')).toMatch(/does not change the member's points balance/);
		expect(noticeOf('commit')).toMatch(/Prepare comes first/);
	});

	it('Prepare says so, too', () => {
		expect(noticeOf('prepare')).toMatch(/Prepare comes first/);
		expect(noticeOf('prepare')).toMatch(/Neither changes the member's points balance/);
	});
});

it.each(['card.delete', 'card.upgrade', 'member.invalidate', 'campaign.terminate'])(
	"%s says that it can't be undone",
	(wanted) => {
		const found = operations.find(({ key }) => key === wanted);
		expect(found?.operation.notice).toMatch(/can't be undone/);
	},
);

describe('the known refusals', () => {
	it('end with one that needs no text, for every code', () => {
		const last = new Map(knownErrors.map((refusal) => [refusal.code, refusal]));
		for (const refusal of last.values()) expect(refusal.messageIncludes).toBeUndefined();
	});
});

it('keeps to the words of n8n: no error, problem, failure or mistake', () => {
	const texts = [
		...knownErrors.flatMap(({ meaning, advice }) => [meaning, advice]),
		...operations.flatMap(({ operation }) => [operation.description, operation.notice ?? '']),
		JSON.stringify(properties),
	];
	for (const text of texts) expect(text).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
});

/** Optional since an order that is not paid has none; one that is found by it has it. */
const ASKED_BY: Record<string, string[]> = {
	'/v3/pay/transactions/id/{transaction_id}': ['transaction_id'],
	'/v3/pay/partner/transactions/id/{transaction_id}': ['transaction_id'],
};

describe('a response', () => {
	const documented = operations.filter(({ operation }) => !operation.isFree);
	const endpoints = documented.flatMap(({ key, operation }) =>
		[operation, operation.partner]
			.filter((one) => one !== undefined)
			.map((endpoint) => ({ key, endpoint })),
	);

	it.each(endpoints)(
		'to $key $endpoint.path must have what WeChat Pay calls required',
		({ endpoint }) => {
			const { response } = endpoint;
			const documented = factsOf(endpoint).response_fields;
			expect(response !== undefined).toBe(documented.length > 0);
			if (!response) return;
			const list = documented.find(({ name }) => name === response.listField);
			const fields = list?.items?.fields ?? documented;
			const required = fields.flatMap(({ name, required: must }) => (must ? [String(name)] : []));
			const { requiredFields } = response;
			if (required.length > 0) {
				const wanted = [...required, ...(ASKED_BY[endpoint.path] ?? [])];
				expect([...requiredFields].sort()).toEqual(wanted.sort());
				return;
			}
			// What may lack each of its fields cannot lack all of them.
			expect(requiredFields).toHaveLength(1);
			const [alternatives] = requiredFields.map((names) => names.split('|'));
			expect(alternatives.length).toBeGreaterThan(fields.length > 1 ? 1 : 0);
			expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(alternatives));
		},
	);
});

/** Only these may neither be sent again while their outcome is open, nor run again without a look. */
const NOT_AGAIN = [
	'businessCircle.notifyParking',
	'businessCircle.notifyPoints',
	'card.delete',
	'card.upgrade',
	'invitation.create',
	'member.activate',
	'member.invalidate',
	'campaign.terminate',
	'serviceItem.add',
	'serviceItem.remove',
	'transfer.createReceipt',
	'transfer.createReceiptByTransferBillNo',
];

/** Where money moves, a 429 never proves that nothing happened. */
const OPEN_AFTER_429 = [
	'coupon.send',
	'refund.applyAbnormal',
	'refund.create',
	'transfer.cancel',
	'transfer.create',
];

it('pins what may be sent again now, what may be run again later, and what a 429 means', () => {
	const keysOf = (which: (operation: Operation) => boolean) =>
		resources
			.flatMap(({ value, operations }) =>
				operations.filter(which).map((operation) => `${value}.${operation.value}`),
			)
			.sort();
	expect(keysOf(({ resendable }) => !resendable)).toEqual([...NOT_AGAIN].sort());
	expect(keysOf(({ repeatable }) => !repeatable)).toEqual([...NOT_AGAIN].sort());
	expect(keysOf(({ on429 }) => on429 === 'unknown')).toEqual(OPEN_AFTER_429);
});
