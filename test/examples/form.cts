/** Whether a saved node fits the node's form. */
import type {
	IDataObject,
	INode,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { forms } from '../support/catalogue.cts';
import { properties as triggerProperties } from '../../nodes/WechatPayTrigger/triggerForm';
import { WECHAT_PAY, WECHAT_PAY_MEMBER_CARD, WECHAT_PAY_TRIGGER } from '../support/engine/host.cts';

/** The forms of our nodes, by type name. */
const FORMS: Record<string, INodeProperties[]> = {
	[WECHAT_PAY]: forms.wechatPay,
	[WECHAT_PAY_MEMBER_CARD]: forms.wechatPayMemberCard,
	[WECHAT_PAY_TRIGGER]: triggerProperties,
};

/** @returns what does not fit, in words; empty for a node that the form could have saved */
export function misfits({ type, parameters }: INode): string[] {
	const shown = FORMS[type].filter((property) =>
		NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, null),
	);
	return [
		...strangers(parameters as IDataObject, shown, ''),
		...gaps(parameters as IDataObject, shown),
	];
}

/** What is given but can't be seen in the form. */
function strangers(given: IDataObject, shown: INodeProperties[], place: string): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const property = shown.find((candidate) => candidate.name === name);
		if (!property) return [`${place}${name} is not in the form`];
		return inside(property, value, `${place}${name}`);
	});
}

function inside(property: INodeProperties, value: unknown, place: string): string[] {
	const { type, options = [] } = property;
	const isExpression = typeof value === 'string' && value.startsWith('=');
	if (type === 'collection') {
		return strangers(value as IDataObject, options as INodeProperties[], `${place}.`);
	}
	if (type === 'fixedCollection') return insideGroups(options, value as IDataObject, place);
	if ((type === 'options' || type === 'multiOptions') && !isExpression) {
		const choices = (options as INodePropertyOptions[]).map((option) => option.value);
		return [value]
			.flat()
			.filter((one) => !choices.includes(one as string))
			.map((one) => `${place} has no choice ${String(one)}`);
	}
	if (type === 'resourceLocator') {
		const { __rl: isLocator, mode } = value as IDataObject;
		const isMode = property.modes?.some(({ name }) => name === mode);
		return isLocator && isMode ? [] : [`${place} is no resource locator of the form`];
	}
	return [];
}

function insideGroups(
	groups: INodeProperties['options'],
	value: IDataObject,
	place: string,
): string[] {
	return Object.entries(value).flatMap(([name, content]) => {
		const group = (groups as INodePropertyCollection[]).find((one) => one.name === name);
		if (!group) return [`${place}.${name} is not in the form`];
		return [content]
			.flat()
			.flatMap((entry) => strangers(entry as IDataObject, group.values, `${place}.${name}.`));
	});
}

/** What the form wants filled but is not given. */
function gaps(given: IDataObject, shown: INodeProperties[]): string[] {
	return shown
		.filter(({ name, required }) => required && (given[name] ?? '') === '')
		.map(({ name }) => `${name} is not filled`);
}
