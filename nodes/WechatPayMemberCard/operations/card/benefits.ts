import type { Parameter } from '../../../action/spec';
import { fapiaoJumpWord } from './fields';

/** 会员积分 the points section of a card */
export const bonus: Parameter = {
	wireName: 'bonus',
	in: 'body',
	property: {
		displayName: 'Points',
		name: 'bonus',
		type: 'fixedCollection',
		placeholder: 'Add Points Section',
		displayOptions: { show: { showBonus: [true] } },
		default: {},
		description: 'The points section (<code>bonus</code>); fill it in where Show Points is on',
	},
	fields: [
		{
			wireName: 'init_bonus',
			requiredOnWire: true,
			property: {
				displayName: 'Initial Points',
				name: 'initBonus',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'Points of a new member (<code>init_bonus</code>)',
			},
		},
		{
			wireName: 'bonus_value_word',
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
			wireName: 'bonus_cost_title',
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
			wireName: 'bonus_cost_word',
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
			wireName: 'bonus_jump_word',
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
			wireName: 'bonus_jump_appid',
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
			wireName: 'bonus_jump_path',
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
			wireName: 'bonus_support_appid',
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
			wireName: 'bonus_support_path',
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
	wireName: 'favor',
	in: 'body',
	property: {
		displayName: 'Offers',
		name: 'favor',
		type: 'fixedCollection',
		placeholder: 'Add Offers Section',
		displayOptions: { show: { showFavor: [true] } },
		default: {},
		description: 'The offers section (<code>favor</code>); fill it in where Show Offers is on',
	},
	fields: [
		{
			wireName: 'show_coupon',
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
			wireName: 'member_price_word',
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
			wireName: 'member_price_appid',
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
			wireName: 'member_price_path',
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
			wireName: 'member_price_title',
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
			wireName: 'favor_module_title',
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
	wireName: 'fapiao',
	in: 'body',
	property: {
		displayName: 'Invoices',
		name: 'fapiao',
		type: 'fixedCollection',
		placeholder: 'Add Invoices Section',
		default: {},
		description: 'The invoice section (<code>fapiao</code>); fill it in where Show Invoices is on',
	},
	fields: [
		fapiaoJumpWord,
		{
			wireName: 'fapiao_jump_appid',
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
			wireName: 'fapiao_jump_path',
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
	wireName: 'guide',
	in: 'body',
	property: {
		displayName: 'Adviser',
		name: 'guide',
		type: 'fixedCollection',
		placeholder: 'Add Adviser Section',
		default: {},
		description: 'The personal adviser shown to the member (<code>guide</code>)',
	},
	fields: [
		{
			wireName: 'staff_name',
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
			wireName: 'head_image_url',
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
			wireName: 'contact_information_name',
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
			wireName: 'contact_information_value',
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
			wireName: 'phone_number',
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
