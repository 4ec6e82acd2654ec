import type { INodePropertyOptions } from 'n8n-workflow';

import type { Parameter } from '../../../action/spec';
import type { Scene } from './scenes';
import { OTHER_SCENE, SCENES } from './scenes';

const MAX_CONTENT = 32;

/** 转账场景ID; what else there is to fill in depends on it */
export const sceneId: Parameter = {
	wireName: 'transfer_scene_id',
	in: 'body',
	maxLength: 36,
	property: {
		displayName: 'Scene',
		name: 'transferSceneId',
		type: 'options',
		noDataExpression: true,
		options: byName([
			...SCENES.map(({ id, name }) => ({ name: `${name} (${id})`, value: id })),
			{ name: 'Other Scene', value: OTHER_SCENE },
		]),
		required: true,
		default: '1000',
		description:
			'The scene that the merchant platform granted (<code>transfer_scene_id</code>), which fixes what has to be reported',
	},
};

/** The ID of a scene that is not in the list, or that an expression chooses. */
export const otherSceneId: Parameter = {
	wireName: 'scene_id',
	in: 'form',
	maxLength: 36,
	property: {
		displayName: 'Scene ID',
		name: 'sceneId',
		type: 'string',
		displayOptions: shownFor(OTHER_SCENE),
		required: true,
		default: '',
		placeholder: 'e.g. 1006',
		description: 'Number of the scene in the merchant platform',
	},
};

/** 用户收款感知 of a scene that is not in the list */
export const otherPerception: Parameter = {
	wireName: 'user_recv_perception',
	in: 'body',
	property: {
		displayName: 'Reason Shown',
		name: 'userRecvPerception',
		type: 'string',
		displayOptions: shownFor(OTHER_SCENE),
		default: '',
		placeholder: 'e.g. 现金奖励',
		description:
			"What the user reads as the reason (<code>user_recv_perception</code>), one of the scene's texts",
		hint: "Leave empty for the scene's own.",
	},
};

/** 转账场景报备信息 of a scene that is not in the list */
export const otherReports: Parameter = {
	wireName: 'transfer_scene_report_infos',
	in: 'body',
	requiredOnWire: true,
	property: {
		displayName: 'Scene Report',
		name: 'transferSceneReportInfos',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		displayOptions: shownFor(OTHER_SCENE),
		default: {},
		placeholder: 'Add Entry',
		description:
			"Background of the transfer (<code>transfer_scene_report_infos</code>): all of the scene's texts, once each",
	},
	fields: [
		{
			wireName: 'info_type',
			minLength: 1,
			maxLength: 15,
			property: {
				displayName: 'Text',
				name: 'infoType',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 活动名称',
				description: "The scene's text, unchanged (<code>info_type</code>)",
			},
		},
		{
			wireName: 'info_content',
			minLength: 1,
			maxLength: MAX_CONTENT,
			property: {
				displayName: 'Content',
				name: 'infoContent',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 注册会员有礼',
				description: 'What it is in this case (<code>info_content</code>)',
			},
		},
	],
};

/** What the form asks for in each scene that it knows: the contents of the scene's texts, and the reason shown. */
export const knownSceneFields: Parameter[] = SCENES.flatMap((scene) => [
	...reportFields(scene),
	...perceptionField(scene),
]);

function reportFields({ id, reports }: Scene): Parameter[] {
	return reports.map(({ label, name, text, example }) => ({
		wireName: name,
		in: 'form',
		maxLength: MAX_CONTENT,
		property: {
			displayName: label,
			name: name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
			type: 'string',
			displayOptions: shownFor(id),
			required: true,
			default: '',
			placeholder: `e.g. ${example}`,
			description: `Reported to WeChat Pay as <code>${text}</code>`,
		},
	}));
}

/** None where the scene has one text only, which WeChat Pay shows by itself. */
function perceptionField({ id, perceptions }: Scene): Parameter[] {
	if (perceptions.length < 2) return [];
	const choices = perceptions.map(([label, text]) => ({ name: `${label} (${text})`, value: text }));
	return [
		{
			wireName: perceptionName(id),
			in: 'form',
			property: {
				displayName: 'Reason Shown',
				name: `perception${id}`,
				type: 'options',
				displayOptions: shownFor(id),
				options: byName([...choices, { name: "Scene's Own", value: '' }]),
				default: '',
				description: 'What the user reads as the reason (<code>user_recv_perception</code>)',
			},
		},
	];
}

/** Wire name of the choice of a scene. */
export function perceptionName(id: string): string {
	return `perception_${id}`;
}

function shownFor(scene: string) {
	return { show: { transferSceneId: [scene] } };
}

/** In the order of code points: a locale's order of Chinese text takes 15 ms to load, in every process of n8n. */
function byName(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return options.sort((a, b) => (a.name < b.name ? -1 : 1));
}
