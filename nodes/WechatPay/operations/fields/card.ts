import type { Field, Parameter } from '../types';

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

/** @returns a field of the card template, for creating, where it must be filled */
export function mustFill(field: Parameter): Parameter {
	return { ...field, property: field.property && { ...field.property, required: true } };
}

/** 商户logo */
export const logoUrl: Parameter = {
	wire: 'logo_url',
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
	wire: 'title',
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

/** 卡面背景图 */
export const backgroundPictureUrl: Parameter = {
	wire: 'background_picture_url',
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
	wire: 'description',
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
	wire: 'service_phone',
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
	wire: 'code_type',
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
	wire: 'total_quantity',
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
		wire: 'type',
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
		wire: 'available_begin_time',
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
		wire: 'available_end_time',
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
		wire: 'available_day_after_receive',
		property: {
			displayName: 'Valid Days',
			name: 'availableDayAfterReceive',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			required: true,
			displayOptions: { show: { type: ['FIX_TERM'] } },
			default: 0,
			description:
				'For how many days the card is valid once it has started (<code>available_day_after_receive</code>)',
		},
	},
	{
		wire: 'wait_days_after_receive',
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
	wire: 'code_mode',
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
		description: 'Who gives each member card its code (<code>code_mode</code>)',
	},
};

/** 是否展示会员等级 */
export const needDisplayLevel: Parameter = {
	wire: 'need_display_level',
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
	wire: 'init_level',
	in: 'body',
	maxLength: 5,
	requiredWith: needDisplayLevel.wire,
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

/** 储值信息 */
export const balanceInformation: Parameter = {
	wire: 'balance_information',
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
			wire: 'need_balance',
			property: {
				displayName: 'Has Stored Value',
				name: 'needBalance',
				type: 'boolean',
				default: true,
				description: 'Whether the card has stored value (<code>need_balance</code>)',
			},
		},
		{
			wire: 'balance_appid',
			property: {
				displayName: 'Mini Program AppID',
				name: 'balanceAppid',
				type: 'string',
				default: '',
				placeholder: 'e.g. wxea9c30890f48d5ae',
				description: 'The mini program that handles stored value (<code>balance_appid</code>)',
			},
		},
		{
			wire: 'balance_path',
			requiredWith: 'balance_appid',
			property: {
				displayName: 'Mini Program Path',
				name: 'balancePath',
				type: 'string',
				default: '',
				placeholder: 'e.g. pages/balance/balance',
				description:
					'The page to open in that mini program (<code>balance_path</code>); needed with its AppID',
			},
		},
		{
			wire: 'balance_url',
			property: {
				displayName: 'Web Page URL',
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
		wire: 'common_field_list',
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
		wire: 'custom_field_list',
		property: {
			displayName: 'Own Fields',
			name: 'customFieldList',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Field',
			description: 'What you ask for beyond that (<code>custom_field_list</code>)',
		},
		fields: [
			{
				wire: 'type',
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
				wire: 'name',
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
				wire: 'values',
				property: {
					displayName: 'Choices',
					name: 'values',
					type: 'string',
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
	wire: 'user_information_form',
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
	wire: 'additional_statement',
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
			wire: 'title',
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
			wire: 'url',
			property: {
				displayName: 'Web Page URL',
				name: 'url',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://xxx.111.com',
				description: STATEMENT_URL,
			},
		},
		{
			wire: 'appid',
			property: {
				displayName: 'Mini Program AppID',
				name: 'appid',
				type: 'string',
				default: '',
				placeholder: 'e.g. wxea9c30890f48d5ae',
				description: 'The mini program with the statement (<code>appid</code>)',
			},
		},
		{
			wire: 'path',
			property: {
				displayName: 'Mini Program Path',
				name: 'path',
				type: 'string',
				default: '',
				placeholder: 'e.g. pages/statement/statement',
				description: 'The page to open in that mini program (<code>path</code>)',
			},
		},
	],
};

/** 是否启用动态码 */
export const needDynamicCode: Parameter = {
	wire: 'need_dynamic_code',
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

/** 会员积分 the points section of a card */
export const bonus: Parameter = {
	wire: 'bonus',
	in: 'body',
	property: {
		displayName: 'Points',
		name: 'bonus',
		type: 'fixedCollection',
		default: {},
		description: 'The points section (<code>bonus</code>); fill it in where Show Points is on',
	},
	fields: [
		{
			wire: 'init_bonus',
			property: {
				displayName: 'Initial Points',
				name: 'initBonus',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				required: true,
				default: 0,
				description: 'Points of a new member (<code>init_bonus</code>)',
			},
		},
		{
			wire: 'bonus_value_word',
			property: {
				displayName: 'Balance Label',
				name: 'bonusValueWord',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 我的积分',
				description: 'Label of the points balance (<code>bonus_value_word</code>)',
			},
		},
		{
			wire: 'bonus_cost_title',
			property: {
				displayName: 'Value Title',
				name: 'bonusCostTitle',
				type: 'string',
				default: '',
				placeholder: 'e.g. 积分兑换',
				description: 'Title of the line on what points are worth (<code>bonus_cost_title</code>)',
			},
		},
		{
			wire: 'bonus_cost_word',
			property: {
				displayName: 'Value Text',
				name: 'bonusCostWord',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 100积分=1元示例',
				description: 'Text of the line on what points are worth (<code>bonus_cost_word</code>)',
			},
		},
		{
			wire: 'bonus_jump_word',
			property: {
				displayName: 'Link Text',
				name: 'bonusJumpWord',
				type: 'string',
				default: '',
				placeholder: 'e.g. 更多礼品',
				description: 'Text of the points link (<code>bonus_jump_word</code>)',
			},
		},
		{
			wire: 'bonus_jump_appid',
			property: {
				displayName: 'Link AppID',
				name: 'bonusJumpAppid',
				type: 'string',
				default: '',
				placeholder: 'e.g. wxea9c30a90fs8d3fe',
				description: 'The mini program that the points link opens (<code>bonus_jump_appid</code>)',
			},
		},
		{
			wire: 'bonus_jump_path',
			requiredWith: 'bonus_jump_appid',
			property: {
				displayName: 'Link Path',
				name: 'bonusJumpPath',
				type: 'string',
				default: '',
				placeholder: 'e.g. /pages/bonus/bonus',
				description:
					'The page to open in that mini program (<code>bonus_jump_path</code>); needed with its AppID',
			},
		},
		{
			wire: 'bonus_support_appid',
			property: {
				displayName: 'Self-Service AppID',
				name: 'bonusSupportAppid',
				type: 'string',
				default: '',
				placeholder: 'e.g. wxea9c30a90fs8d3fe',
				description:
					'The mini program in which members claim points themselves (<code>bonus_support_appid</code>)',
			},
		},
		{
			wire: 'bonus_support_path',
			property: {
				displayName: 'Self-Service Path',
				name: 'bonusSupportPath',
				type: 'string',
				default: '',
				placeholder: 'e.g. pages/selfbonus/selfbonus',
				description: 'The page to open in that mini program (<code>bonus_support_path</code>)',
			},
		},
	],
};

/** 会员优惠 the offers section of a card */
export const favor: Parameter = {
	wire: 'favor',
	in: 'body',
	property: {
		displayName: 'Offers',
		name: 'favor',
		type: 'fixedCollection',
		default: {},
		description: 'The offers section (<code>favor</code>); fill it in where Show Offers is on',
	},
	fields: [
		{
			wire: 'show_coupon',
			property: {
				displayName: 'Show Coupons',
				name: 'showCoupon',
				type: 'boolean',
				required: true,
				default: true,
				description: 'Whether coupons are shown (<code>show_coupon</code>)',
			},
		},
		{
			wire: 'member_price_word',
			property: {
				displayName: 'Member Price Text',
				name: 'memberPriceWord',
				type: 'string',
				default: '',
				placeholder: 'e.g. 会员专享示例',
				description: 'Text of the member price line (<code>member_price_word</code>)',
			},
		},
		{
			wire: 'member_price_appid',
			property: {
				displayName: 'Member Price AppID',
				name: 'memberPriceAppid',
				type: 'string',
				default: '',
				placeholder: 'e.g. wxea9c30a90fs8d3fe',
				description:
					'The mini program that the member price line opens (<code>member_price_appid</code>)',
			},
		},
		{
			wire: 'member_price_path',
			property: {
				displayName: 'Member Price Path',
				name: 'memberPricePath',
				type: 'string',
				default: '',
				placeholder: 'e.g. pages/favor/favor',
				description: 'The page to open in that mini program (<code>member_price_path</code>)',
			},
		},
		{
			wire: 'member_price_title',
			property: {
				displayName: 'Member Price Title',
				name: 'memberPriceTitle',
				type: 'options',
				options: [
					{ name: 'Member Price', value: 'MEMBER_PRICE' },
					{ name: 'Member Activity', value: 'MEMBER_ACTIVITY' },
				],
				default: 'MEMBER_PRICE',
				description: 'Title of the member price line (<code>member_price_title</code>)',
			},
		},
		{
			wire: 'favor_module_title',
			property: {
				displayName: 'Section Title',
				name: 'favorModuleTitle',
				type: 'options',
				options: [
					{ name: 'Offers', value: 'FAVOR' },
					{ name: 'VIP', value: 'VIP' },
				],
				default: 'FAVOR',
				description: 'Title of the offers section (<code>favor_module_title</code>)',
			},
		},
	],
};

/** 会员发票 the invoice section of a card */
export const fapiao: Parameter = {
	wire: 'fapiao',
	in: 'body',
	property: {
		displayName: 'Invoices',
		name: 'fapiao',
		type: 'fixedCollection',
		default: {},
		description: 'The invoice section (<code>fapiao</code>); fill it in where Show Invoices is on',
	},
	fields: [
		{
			wire: 'fapiao_jump_word',
			property: {
				displayName: 'Link Text',
				name: 'fapiaoJumpWord',
				type: 'string',
				default: '',
				placeholder: 'e.g. 查看我的发票',
				description: 'Text of the invoice link (<code>fapiao_jump_word</code>)',
			},
		},
		{
			wire: 'fapiao_jump_appid',
			property: {
				displayName: 'Link AppID',
				name: 'fapiaoJumpAppid',
				type: 'string',
				default: '',
				placeholder: 'e.g. wxea9c30a90fs8d3fe',
				description:
					'The mini program that the invoice link opens (<code>fapiao_jump_appid</code>)',
			},
		},
		{
			wire: 'fapiao_jump_path',
			property: {
				displayName: 'Link Path',
				name: 'fapiaoJumpPath',
				type: 'string',
				default: '',
				placeholder: 'e.g. pages/fapiao/fapiao',
				description: 'The page to open in that mini program (<code>fapiao_jump_path</code>)',
			},
		},
	],
};

/** 专属客服 the personal adviser shown to the member */
export const guide: Parameter = {
	wire: 'guide',
	in: 'body',
	property: {
		displayName: 'Adviser',
		name: 'guide',
		type: 'fixedCollection',
		default: {},
		description: 'The personal adviser shown to the member (<code>guide</code>)',
	},
	fields: [
		{
			wire: 'staff_name',
			property: {
				displayName: 'Staff Name',
				name: 'staffName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 酒店管家-何小明',
				description: 'Name of the contact person (<code>staff_name</code>)',
			},
		},
		{
			wire: 'head_image_url',
			property: {
				displayName: 'Portrait URL',
				name: 'headImageUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0',
				description: 'A portrait from Image: Upload (<code>head_image_url</code>)',
			},
		},
		{
			wire: 'contact_information_name',
			property: {
				displayName: 'Contact Kind',
				name: 'contactInformationName',
				type: 'string',
				default: '',
				placeholder: 'e.g. 微信号',
				description: 'Kind of contact, as shown (<code>contact_information_name</code>)',
			},
		},
		{
			wire: 'contact_information_value',
			property: {
				displayName: 'Contact',
				name: 'contactInformationValue',
				type: 'string',
				default: '',
				placeholder: 'e.g. weixin123',
				description: 'The contact itself (<code>contact_information_value</code>)',
			},
		},
		{
			wire: 'phone_number',
			property: {
				displayName: 'Phone Number',
				name: 'phoneNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. 0755-12345677',
				description: 'Phone number of the contact person (<code>phone_number</code>)',
			},
		},
	],
};
