import type { Field, Parameter } from '../types';
import { activateType } from './activation';

/** What is left of a campaign by 'Simplify'. */
export const SIMPLE_CAMPAIGN = [
	'activity_id',
	'activity_name',
	'activity_type',
	'activity_status',
	'card_id',
	'begin_time',
	'end_time',
	'create_time',
	'update_time',
];

/** 活动 campaign */
export const activityId: Parameter = {
	wire: 'activity_id',
	in: 'path',
	maxLength: 16,
	property: {
		displayName: 'Campaign ID',
		name: 'activityId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The member-gift campaign (<code>activity_id</code>)',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 371067',
			},
		],
	},
};

/** 活动类型 */
export const activityType: Parameter = {
	wire: 'activity_type',
	in: 'body',
	property: {
		displayName: 'Campaign Type',
		name: 'activityType',
		type: 'options',
		options: [
			{
				name: 'After Payment, New Members',
				value: 'NON_MEMBER_AFTERPAY',
				description: 'A gift for opening a card after a payment',
			},
			{
				name: 'After Payment, Existing Members',
				value: 'MEMBER_AFTERPAY',
				description: 'A gift for members after a payment',
			},
			{
				name: 'Before Payment, New Members',
				value: 'NON_MEMBER_MINIPROGRAM',
				description: 'A gift for opening a card in a mini program or by scanning',
			},
			{
				name: 'Before Payment, Existing Members',
				value: 'MEMBER_MINIPROGRAM',
				description: 'A gift for members in a mini program or by scanning',
			},
		],
		required: true,
		default: 'NON_MEMBER_AFTERPAY',
		description: 'Who gets the gift, and when (<code>activity_type</code>)',
	},
};

/** 时间 a time of day */
const TIME_OF_DAY: Field[] = [
	{
		wire: 'hours',
		property: {
			displayName: 'Hour',
			name: 'hours',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 23, numberPrecision: 0 },
			required: true,
			default: 0,
			description: 'Hour of the day (<code>hours</code>)',
		},
	},
	{
		wire: 'minutes',
		property: {
			displayName: 'Minute',
			name: 'minutes',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 59, numberPrecision: 0 },
			required: true,
			default: 0,
			description: 'Minute of the hour (<code>minutes</code>)',
		},
	},
	{
		wire: 'seconds',
		property: {
			displayName: 'Second',
			name: 'seconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 59, numberPrecision: 0 },
			required: true,
			default: 0,
			description: 'Second of the minute (<code>seconds</code>)',
		},
	},
];

/** 发放时间段 */
export const awardSendPeriod: Parameter = {
	wire: 'award_send_period',
	in: 'body',
	property: {
		displayName: 'Gift Period',
		name: 'awardSendPeriod',
		type: 'fixedCollection',
		default: {},
		description:
			'When gifts are handed out (<code>award_send_period</code>); all through the campaign if left out',
	},
	fields: [
		{
			wire: 'award_send_time',
			property: {
				displayName: 'Date Ranges',
				name: 'awardSendTime',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Date Range',
				description: 'The dates on which gifts are handed out (<code>award_send_time</code>)',
			},
			fields: [
				{
					wire: 'begin_time',
					property: {
						displayName: 'Begin',
						name: 'beginTime',
						type: 'dateTime',
						required: true,
						default: '',
						description: 'Start of the range (<code>begin_time</code>)',
					},
				},
				{
					wire: 'end_time',
					property: {
						displayName: 'End',
						name: 'endTime',
						type: 'dateTime',
						required: true,
						default: '',
						description: 'End of the range (<code>end_time</code>)',
					},
				},
			],
		},
		{
			wire: 'award_send_day_time',
			property: {
				displayName: 'Daily Hours',
				name: 'awardSendDayTime',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Daily Hours',
				description:
					'The times of day at which gifts are handed out (<code>award_send_day_time</code>)',
			},
			fields: [
				{
					wire: 'begin_day_time',
					property: {
						displayName: 'Begin',
						name: 'beginDayTime',
						type: 'fixedCollection',
						required: true,
						default: {},
						description: 'Start on each day (<code>begin_day_time</code>)',
					},
					fields: TIME_OF_DAY,
				},
				{
					wire: 'end_day_time',
					property: {
						displayName: 'End',
						name: 'endDayTime',
						type: 'fixedCollection',
						required: true,
						default: {},
						description: 'End on each day (<code>end_day_time</code>)',
					},
					fields: TIME_OF_DAY,
				},
			],
		},
	],
};

/** 优惠券列表 */
export const stockList: Parameter = {
	wire: 'stock_list',
	in: 'body',
	property: {
		displayName: 'Coupons',
		name: 'stockList',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Coupon',
		description: 'The coupons given as gifts (<code>stock_list</code>)',
	},
	fields: [
		{
			wire: 'stock_creator_mchid',
			property: {
				displayName: 'Stock Creator Merchant ID',
				name: 'stockCreatorMchid',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 10000022',
				description:
					'The merchant that created the coupon stock (<code>stock_creator_mchid</code>)',
			},
		},
		{
			wire: 'stock_id',
			property: {
				displayName: 'Stock ID',
				name: 'stockId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 98065001',
				description: 'The coupon stock (<code>stock_id</code>)',
			},
		},
	],
};

/** 支付后活动设置 */
export const payActivitySetting: Parameter = {
	wire: 'pay_activity_setting',
	in: 'body',
	property: {
		displayName: 'After-Payment Settings',
		name: 'payActivitySetting',
		type: 'fixedCollection',
		default: {},
		description:
			'What an after-payment campaign shows, and for which payments (<code>pay_activity_setting</code>); fill it in for these types',
	},
	fields: [
		{
			wire: 'logo_url',
			property: {
				displayName: 'Logo URL',
				name: 'logoUrl',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. https://wxpaylogo.qpic.cn/wxpaylogo/xxxxx/0',
				description: 'The logo, from Image: Upload (<code>logo_url</code>)',
			},
		},
		{
			wire: 'activity_second_title',
			property: {
				displayName: 'Subtitle',
				name: 'activitySecondTitle',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 示例副标题',
				description: 'Subtitle on the payment result page (<code>activity_second_title</code>)',
			},
		},
		{
			wire: 'mchid_list',
			property: {
				displayName: 'Merchant IDs',
				name: 'mchidList',
				type: 'string',
				default: '',
				placeholder: 'e.g. 10000022,10000023',
				description:
					'The merchants whose payments show the campaign (<code>mchid_list</code>), each bound to the brand of the card. Comma-separated, or a list from an expression.',
			},
			list: true,
		},
		{
			wire: 'activate_setting',
			property: {
				displayName: 'Activation',
				name: 'activateSetting',
				type: 'fixedCollection',
				default: {},
				description:
					'How a card opened through the campaign is activated (<code>activate_setting</code>)',
			},
			fields: [
				activateType,
				{
					wire: 'activate_url',
					property: {
						displayName: 'Web Page URL',
						name: 'activateUrl',
						type: 'string',
						displayOptions: { show: { activateType: ['JUMP_ACTIVATE'] } },
						default: '',
						placeholder: 'e.g. https://w.url.cn/s/Ahz3p2C',
						description: 'The web page that the user is sent to (<code>activate_url</code>)',
					},
				},
				{
					wire: 'activate_miniprogram',
					property: {
						displayName: 'Mini Program',
						name: 'activateMiniprogram',
						type: 'fixedCollection',
						displayOptions: { show: { activateType: ['JUMP_ACTIVATE'] } },
						default: {},
						description:
							'The mini program that the user is sent to (<code>activate_miniprogram</code>)',
					},
					fields: [
						{
							wire: 'activate_appid',
							property: {
								displayName: 'AppID',
								name: 'activateAppid',
								type: 'string',
								required: true,
								default: '',
								placeholder: 'e.g. wxea9c30a90fs8d3fe',
								description: 'The mini program (<code>activate_appid</code>)',
							},
						},
						{
							wire: 'activate_path',
							property: {
								displayName: 'Path',
								name: 'activatePath',
								type: 'string',
								required: true,
								default: '',
								placeholder: 'e.g. pages/activate/activate',
								description: 'The page to open in it (<code>activate_path</code>)',
							},
						},
					],
				},
			],
		},
		{
			wire: 'payment_setting',
			property: {
				displayName: 'Payments',
				name: 'paymentSetting',
				type: 'fixedCollection',
				default: {},
				description: 'Which payments show the campaign (<code>payment_setting</code>)',
			},
			fields: [
				{
					wire: 'payment_mode',
					property: {
						displayName: 'Payment Mode',
						name: 'paymentMode',
						type: 'fixedCollection',
						default: {},
						description:
							'Ways of paying to which the campaign is limited (<code>payment_mode</code>)',
					},
					fields: [
						{
							wire: 'payment_scene_list',
							property: {
								displayName: 'Payment Scenes',
								name: 'paymentSceneList',
								type: 'string',
								default: '',
								placeholder: 'e.g. APP',
								description:
									'Where the payment is made (<code>payment_scene_list</code>). Comma-separated, or a list from an expression.',
							},
							list: true,
						},
					],
				},
				{
					wire: 'limit_bank',
					property: {
						displayName: 'Bank',
						name: 'limitBank',
						type: 'string',
						default: '',
						placeholder: 'e.g. CFT',
						description:
							'Short code of the bank to which the campaign is limited (<code>limit_bank</code>)',
					},
				},
				{
					wire: 'goods_tags',
					property: {
						displayName: 'Goods Tags',
						name: 'goodsTags',
						type: 'string',
						default: '',
						placeholder: 'e.g. xxx,yyy',
						description:
							'Discount tags of orders to which the campaign is limited (<code>goods_tags</code>). Comma-separated, or a list from an expression.',
					},
					list: true,
				},
			],
		},
	],
};

/** 支付前会员活动设置 */
export const miniprogramActivitySetting: Parameter = {
	wire: 'miniprogram_activity_setting',
	in: 'body',
	property: {
		displayName: 'Before-Payment Settings',
		name: 'miniprogramActivitySetting',
		type: 'fixedCollection',
		default: {},
		description:
			'Channels of a before-payment campaign, and where its users go next (<code>miniprogram_activity_setting</code>); fill it in for these types',
	},
	fields: [
		{
			wire: 'outer_str',
			property: {
				displayName: 'Channels',
				name: 'outerStr',
				type: 'string',
				default: '',
				placeholder: 'e.g. 领取渠道1,领取渠道2',
				description:
					'The scene values to which the campaign is limited (<code>outer_str</code>). Comma-separated, or a list from an expression.',
			},
			list: true,
		},
		{
			wire: 'award_jump_deploy',
			property: {
				displayName: 'Gift Page Button',
				name: 'awardJumpDeploy',
				type: 'fixedCollection',
				default: {},
				description: 'Where the user goes from the gift page (<code>award_jump_deploy</code>)',
			},
			fields: [
				{
					wire: 'mini_program_appid',
					property: {
						displayName: 'Mini Program AppID',
						name: 'miniProgramAppid',
						type: 'string',
						default: '',
						placeholder: 'e.g. wxc0b84a53ed8e8d29',
						description: 'The mini program to open (<code>mini_program_appid</code>)',
					},
				},
				{
					wire: 'mini_program_path',
					property: {
						displayName: 'Mini Program Path',
						name: 'miniProgramPath',
						type: 'string',
						default: '',
						placeholder: 'e.g. mall/pages/List',
						description: 'The page to open in it (<code>mini_program_path</code>)',
					},
				},
				{
					wire: 'button_text',
					property: {
						displayName: 'Button Text',
						name: 'buttonText',
						type: 'string',
						default: '',
						placeholder: 'e.g. 点击',
						description: 'Label of the button (<code>button_text</code>)',
					},
				},
			],
		},
	],
};
