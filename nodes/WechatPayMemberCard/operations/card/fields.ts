import type { Field, Parameter } from '../../../action/spec';
import { withProperty } from '../fields';

/** What is left of a card template by 'Simplify'. */
export const SIMPLE_CARD = [
	'card_id',
	'title',
	'status',
	'brand',
	'appid',
	'code_mode',
	'remain_quantity',
	'create_time',
	'update_time',
];

/** What every response that holds a card has. */
export const REQUIRED_OF_CARD = [
	'card_id',
	'brand',
	'appid',
	'logo_url',
	'title',
	'background_picture_url',
	'description',
	'code_type',
	'date_information',
	'code_mode',
	'out_request_no',
];

/** @returns a field of the card template, for creating, where it must be filled */
export function mustFill(field: Parameter): Parameter {
	return withProperty(field, { required: true });
}

/** 商户logo */
export const logoUrl: Parameter = {
	wireName: 'logo_url',
	in: 'body',
	maxLength: 128,
	property: {
		displayName: 'Logo URL',
		name: 'logoUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0',
		description:
			'The logo, from Image: Upload (<code>logo_url</code>): JPG or PNG under 1 MB, 120 x 120 pixels',
	},
};

/** 会员卡名称 */
export const title: Parameter = {
	wireName: 'title',
	in: 'body',
	maxLength: 10,
	property: {
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. 示例会员卡',
		description: 'Name of the card, shown on its face (<code>title</code>), up to 10 characters',
	},
};

/** Text of a member's invoice link; on a card, the link to invoices. */
export const fapiaoJumpWord: Field = {
	wireName: 'fapiao_jump_word',
	property: {
		displayName: 'Link Text',
		name: 'fapiaoJumpWord',
		type: 'string',
		default: '',
		placeholder: 'e.g. 查看我的发票',
		description: 'Text of the invoice link (<code>fapiao_jump_word</code>)',
	},
};

/** 卡面背景图 */
export const backgroundPictureUrl: Parameter = {
	wireName: 'background_picture_url',
	in: 'body',
	maxLength: 128,
	property: {
		displayName: 'Background Picture URL',
		name: 'backgroundPictureUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0',
		description:
			'The face of the card, from Image: Upload (<code>background_picture_url</code>): JPG or PNG under 1 MB, 1000 x 600 pixels',
	},
};

/** 使用须知 */
export const description: Parameter = {
	wireName: 'description',
	in: 'body',
	maxLength: 500,
	property: {
		displayName: 'Terms of Use',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. 示例使用须知',
		description:
			'The text on how the card may be used (<code>description</code>), up to 500 characters',
	},
};

/** 客服电话 */
export const servicePhone: Parameter = {
	wireName: 'service_phone',
	in: 'body',
	maxLength: 32,
	property: {
		displayName: 'Service Phone',
		name: 'servicePhone',
		type: 'string',
		default: '',
		placeholder: 'e.g. 010-8877xxxx',
		description:
			'Phone number of customer service, shown in the card details (<code>service_phone</code>)',
	},
};

/** 会员码型 */
export const codeType: Parameter = {
	wireName: 'code_type',
	in: 'body',
	property: {
		displayName: 'Code Display',
		name: 'codeType',
		type: 'options',
		options: [
			{ name: 'Bar Code', value: 'BAR_CODE' },
			{ name: 'QR Code', value: 'QRCODE' },
			{ name: 'Bar Code and QR Code', value: 'BAR_CODE_AND_QRCODE' },
			{ name: 'Not Shown', value: 'NONE_CODE' },
		],
		default: 'BAR_CODE',
		description: 'How the membership number is shown on the card (<code>code_type</code>)',
	},
};

/** 会员卡总库存 */
export const totalQuantity: Parameter = {
	wireName: 'total_quantity',
	in: 'body',
	property: {
		displayName: 'Total Quantity',
		name: 'totalQuantity',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5000000,
		description:
			"How many cards may be issued in total (<code>total_quantity</code>); only for cards with Code Mode 'Assigned by WeChat Pay'",
	},
};

/** 有效期 parts of the validity */
export const VALIDITY: Field[] = [
	{
		wireName: 'type',
		property: {
			displayName: 'Validity',
			name: 'type',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Between Two Dates', value: 'FIX_TIME_RANGE' },
				{
					name: 'Days After Claiming',
					value: 'FIX_TERM',
					description: 'Valid for a number of days after the user claims the card',
				},
				{ name: 'Forever', value: 'PERMANENT' },
			],
			required: true,
			default: 'PERMANENT',
			description: 'How long the card is valid (<code>type</code>)',
		},
	},
	{
		wireName: 'available_begin_time',
		property: {
			displayName: 'Valid From',
			name: 'availableBeginTime',
			type: 'dateTime',
			required: true,
			displayOptions: { show: { type: ['FIX_TIME_RANGE'] } },
			default: '',
			description: 'When the card becomes valid (<code>available_begin_time</code>)',
		},
	},
	{
		wireName: 'available_end_time',
		property: {
			displayName: 'Valid Until',
			name: 'availableEndTime',
			type: 'dateTime',
			required: true,
			displayOptions: { show: { type: ['FIX_TIME_RANGE'] } },
			default: '',
			description: 'When the card ends (<code>available_end_time</code>)',
		},
	},
	{
		wireName: 'available_day_after_receive',
		property: {
			displayName: 'Valid Days',
			name: 'availableDayAfterReceive',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			required: true,
			displayOptions: { show: { type: ['FIX_TERM'] } },
			default: 365,
			description:
				'For how many days the card is valid once it has started (<code>available_day_after_receive</code>)',
		},
	},
	{
		wireName: 'wait_days_after_receive',
		property: {
			displayName: 'Waiting Days',
			name: 'waitDaysAfterReceive',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			displayOptions: { show: { type: ['FIX_TERM'] } },
			default: 0,
			description:
				'How many days after claiming the card starts (<code>wait_days_after_receive</code>); 0 for at once',
		},
	},
];

/** 会员卡code分配类型 */
export const codeMode: Parameter = {
	wireName: 'code_mode',
	in: 'body',
	property: {
		displayName: 'Code Mode',
		name: 'codeMode',
		type: 'options',
		options: [
			{
				name: 'Assigned by WeChat Pay',
				value: 'SYSTEM_ALLOCATE',
				description: 'A code of 12 digits, when the user claims the card',
			},
			{
				name: 'Deposited by Merchant',
				value: 'MERCHANT_DEPOSIT',
				description: 'Drawn at random from the codes given with Card: Deposit Codes',
			},
			{
				name: 'Given on Activation',
				value: 'REAL_TIME',
				description:
					'You give the code when the card is activated; for the mini program card component only, not for QR codes, payments or campaigns',
			},
		],
		default: 'SYSTEM_ALLOCATE',
		description:
			'Who gives each member card its code (<code>code_mode</code>); it stays as it is when the card is created',
	},
};

/** 是否展示会员等级 */
export const needDisplayLevel: Parameter = {
	wireName: 'need_display_level',
	in: 'body',
	property: {
		displayName: 'Show Level',
		name: 'needDisplayLevel',
		type: 'boolean',
		default: true,
		description: "Whether the member's level is shown (<code>need_display_level</code>)",
	},
};

/** 会员初始等级 */
export const initLevel: Parameter = {
	wireName: 'init_level',
	in: 'body',
	maxLength: 5,
	requiredWith: needDisplayLevel.wireName,
	property: {
		displayName: 'Initial Level',
		name: 'initLevel',
		type: 'string',
		default: '',
		placeholder: 'e.g. 白银会员',
		description:
			'Level of a new member (<code>init_level</code>), up to 5 characters; needed where Show Level is on',
	},
};

/** 是否启用动态码 */
export const needDynamicCode: Parameter = {
	wireName: 'need_dynamic_code',
	in: 'body',
	property: {
		displayName: 'Dynamic Code',
		name: 'needDynamicCode',
		type: 'boolean',
		default: false,
		description:
			'Whether the code shown to the cashier is one of 18 digits that keeps changing (<code>need_dynamic_code</code>)',
	},
};
