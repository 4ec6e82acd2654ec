import type { Parameter } from '../../../action/spec';
import { activateType } from '../distribution/fields';

/** 支付后活动设置 */
export const payActivitySetting: Parameter = {
	wireName: 'pay_activity_setting',
	in: 'body',
	property: {
		displayName: 'After-Payment Settings',
		name: 'payActivitySetting',
		type: 'fixedCollection',
		displayOptions: { show: { activityType: ['NON_MEMBER_AFTERPAY', 'MEMBER_AFTERPAY'] } },
		default: {},
		description:
			'What an after-payment campaign shows, and for which payments (<code>pay_activity_setting</code>); fill it in for these types',
	},
	fields: [
		{
			wireName: 'logo_url',
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
			wireName: 'activity_second_title',
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
			wireName: 'mchid_list',
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
			wireName: 'activate_setting',
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
					wireName: 'activate_url',
					property: {
						displayName: 'URL',
						name: 'activateUrl',
						type: 'string',
						displayOptions: { show: { activateType: ['JUMP_ACTIVATE'] } },
						default: '',
						placeholder: 'e.g. https://w.url.cn/s/Ahz3p2C',
						description: 'The web page that the user is sent to (<code>activate_url</code>)',
					},
				},
				{
					wireName: 'activate_miniprogram',
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
							wireName: 'activate_appid',
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
							wireName: 'activate_path',
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
			wireName: 'payment_setting',
			property: {
				displayName: 'Payments',
				name: 'paymentSetting',
				type: 'fixedCollection',
				default: {},
				description: 'Which payments show the campaign (<code>payment_setting</code>)',
			},
			fields: [
				{
					wireName: 'payment_mode',
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
							wireName: 'payment_scene_list',
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
					wireName: 'limit_bank',
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
					wireName: 'goods_tags',
					property: {
						displayName: 'Tags',
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
	wireName: 'miniprogram_activity_setting',
	in: 'body',
	property: {
		displayName: 'Before-Payment Settings',
		name: 'miniprogramActivitySetting',
		type: 'fixedCollection',
		displayOptions: { show: { activityType: ['NON_MEMBER_MINIPROGRAM', 'MEMBER_MINIPROGRAM'] } },
		default: {},
		description:
			'Channels of a before-payment campaign, and where its users go next (<code>miniprogram_activity_setting</code>); fill it in for these types',
	},
	fields: [
		{
			wireName: 'outer_str',
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
			wireName: 'award_jump_deploy',
			property: {
				displayName: 'Gift Page Button',
				name: 'awardJumpDeploy',
				type: 'fixedCollection',
				default: {},
				description: 'Where the user goes from the gift page (<code>award_jump_deploy</code>)',
			},
			fields: [
				{
					wireName: 'mini_program_appid',
					property: {
						displayName: 'AppID',
						name: 'miniProgramAppid',
						type: 'string',
						default: '',
						placeholder: 'e.g. wxc0b84a53ed8e8d29',
						description: 'The mini program to open (<code>mini_program_appid</code>)',
					},
				},
				{
					wireName: 'mini_program_path',
					property: {
						displayName: 'Path',
						name: 'miniProgramPath',
						type: 'string',
						default: '',
						placeholder: 'e.g. mall/pages/List',
						description: 'The page to open in it (<code>mini_program_path</code>)',
					},
				},
				{
					wireName: 'button_text',
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
