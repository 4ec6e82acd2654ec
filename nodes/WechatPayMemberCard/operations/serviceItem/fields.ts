import type { INodeProperties } from 'n8n-workflow';

import type { Field, Parameter } from '../../../action/spec';
import { anyAppid, cardId, withProperty } from '../fields';

/** 会员卡id, which WeChat Pay wants to be long enough here */
export const serviceCardId: Parameter = { ...cardId, minLength: 16 };

/** 服务项id */
export const serviceModuleId: Parameter = {
	wireName: 'service_module_id',
	in: 'body',
	minLength: 1,
	maxLength: 9,
	property: {
		displayName: 'Service Item ID',
		name: 'serviceModuleId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 666',
		description: 'Issued by WeChat Pay for the brand (<code>service_module_id</code>)',
	},
};

const appid = withProperty(anyAppid, {
	required: true,
	description: 'The mini program to open (<code>appid</code>)',
});

const path: Field = {
	wireName: 'path',
	property: {
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. pages/index/index',
		description: 'The page of that mini program (<code>path</code>)',
	},
};

/** 跳转小程序 where a tap on the service item leads */
export const jumpMiniprogram: Parameter = {
	wireName: 'jump_miniprogram',
	in: 'body',
	fields: [appid, path],
};

const TEMPLATE_FIELDS: INodeProperties = {
	displayName: 'Template Fields',
	name: 'fieldList',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Template Field',
	default: {},
	description: 'The fields of the template to fill in (<code>field_list</code>)',
};

/** 字段列表 the texts of a template */
export const fieldList: Field = {
	wireName: 'field_list',
	property: TEMPLATE_FIELDS,
	fields: [
		{
			wireName: 'field_id',
			property: {
				displayName: 'Field ID',
				name: 'fieldId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. hotel_name',
				description: 'From the template (<code>field_id</code>)',
			},
		},
		{
			wireName: 'field_value',
			property: {
				displayName: 'Text',
				name: 'fieldValue',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 示例内容',
				description: 'What the member reads (<code>field_value</code>)',
			},
		},
	],
};

/** 操作按钮 a button on the card */
export const actionSetting: Field = {
	wireName: 'action_setting',
	property: {
		displayName: 'Button',
		name: 'actionSetting',
		type: 'fixedCollection',
		default: {},
		description: 'A button on the card (<code>action_setting</code>)',
	},
	fields: [
		{
			wireName: 'action_name',
			property: {
				displayName: 'Button Text',
				name: 'actionName',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 一键开锁',
				description: 'What the button says (<code>action_name</code>)',
			},
		},
		{ wireName: 'jump_miniprogram', fields: [appid, path] },
	],
};

/** 消息模板 a message to the member */
export const messageTemplateSetting: Field = {
	wireName: 'message_template_setting',
	property: {
		displayName: 'Message',
		name: 'messageTemplateSetting',
		type: 'fixedCollection',
		default: {},
		description: 'A message to the member (<code>message_template_setting</code>)',
	},
	fields: [
		{
			wireName: 'message_template_id',
			property: {
				displayName: 'Template ID',
				name: 'messageTemplateId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 9bJgRNz9XG248XZ-a0nDKH3Vt_vaTp32fRP1LWvxjzI',
				description: 'The template of the message (<code>message_template_id</code>)',
			},
		},
		{
			...fieldList,
			property: {
				...TEMPLATE_FIELDS,
				displayName: 'Message Fields',
				placeholder: 'Add Message Field',
				required: true,
			},
		},
	],
};
