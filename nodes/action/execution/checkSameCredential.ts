import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readCredential } from '../../client/readCredential';

/** Reads of the credential in an execution; each costs n8n a look into its database and a decryption. */
const MAX_READS = 25;

/** Values of a field that are told apart; a field with more of them, such as an order number, says nothing of merchants. */
const MAX_VALUES = 12;

/**
 * All items are signed and sent by one merchant, so the credential must not have expressions that give another merchant
 * for another item. n8n does not say whether a credential has expressions, so it is evaluated for some of the items: for
 * all of up to 25, and of more for the first, the last, the first of each value in fields of few values (which finds the
 * other merchant wherever the credential reads such a field), and for evenly spaced ones.
 *
 * @throws Error in words for the user where two of them differ
 */
export async function checkSameCredential(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	first: object,
): Promise<void> {
	const expected = JSON.stringify(first);
	// The first item's was read for the session.
	for (const index of sample(items).slice(1)) {
		const other = await readCredential({
			getCredentials: async (type) => await context.getCredentials(type, index),
		});
		if (JSON.stringify(other) !== expected) throw new Error(WAY_OUT);
	}
}

const WAY_OUT =
	"The WeChat Pay credential has expressions that give other values for other items, and all items of a run are sent by one merchant. Run one merchant at a time, with a Loop Over Items node (Batch Size 1) before this node, or use a credential without expressions and the field 'Sub-Merchant ID'";

/** The numbers of the items whose credential is compared, the first of all items first. */
function sample(items: INodeExecutionData[]): number[] {
	const last = items.length - 1;
	const picked = new Set([0, Math.max(last, 0), ...firstOfEachValue(items)].slice(0, MAX_READS));
	const steps = MAX_READS - 1;
	for (let step = 1; step < steps && picked.size < MAX_READS; step += 1) {
		picked.add(Math.round((step * last) / steps));
	}
	return [...picked];
}

/** Where each value of a field with few values stands first, but for those of the first item. */
function firstOfEachValue(items: INodeExecutionData[]): number[] {
	const found: number[] = [];
	for (const name of Object.keys(items[0]?.json ?? {})) {
		const places = new Map<unknown, number>();
		for (let index = 0; index < items.length && places.size <= MAX_VALUES; index += 1) {
			const value = items[index].json[name];
			if (!places.has(value)) places.set(value, index);
		}
		if (places.size <= MAX_VALUES) found.push(...[...places.values()].slice(1));
	}
	return found;
}
