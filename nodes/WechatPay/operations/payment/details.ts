import type { Field, Parameter } from '../../../action/spec';
import { withProperty } from '../../../WechatPayMemberCard/operations/fields';
import { GOODS_NAME, MERCHANT_GOODS_ID, UNIT_PRICE, WECHATPAY_GOODS_ID } from '../fields';

/** 商品详情 */
const GOODS: Parameter = {
	wireName: 'detail',
	in: 'body',
	maxBytes: 6144,
	property: {
		displayName: 'Goods',
		name: 'detail',
		type: 'fixedCollection',
		default: {},
		description: 'The goods of the order, for coupons for single goods (<code>detail</code>)',
	},
	fields: [
		{
			wireName: 'cost_price',
			fen: true,
			property: {
				displayName: 'Receipt Total (Fen)',
				name: 'costPrice',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 0,
				description:
					'Price of the whole receipt in fen (<code>cost_price</code>), if paid in several orders',
			},
		},
		{
			wireName: 'invoice_id',
			maxLength: 32,
			property: {
				displayName: 'Receipt Number',
				name: 'invoiceId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 微信123',
				description: 'Your number of the receipt (<code>invoice_id</code>)',
			},
		},
		{
			wireName: 'goods_detail',
			property: {
				displayName: 'Goods',
				name: 'goodsDetail',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Goods',
				description: 'The single goods (<code>goods_detail</code>)',
			},
			fields: [
				MERCHANT_GOODS_ID,
				WECHATPAY_GOODS_ID,
				GOODS_NAME,
				{
					wireName: 'quantity',
					property: {
						displayName: 'Quantity',
						name: 'quantity',
						type: 'number',
						typeOptions: { minValue: 1, numberPrecision: 0 },
						required: true,
						default: 1,
						description: 'How many are bought (<code>quantity</code>)',
					},
				},
				withProperty(UNIT_PRICE, {
					description: 'Price of one in fen, after your own discounts (<code>unit_price</code>)',
				}),
			],
		},
	],
};

const DEVICE_ID: Field = {
	wireName: 'device_id',
	maxLength: 32,
	property: {
		displayName: 'Device ID',
		name: 'deviceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 013467007045764',
		description: 'Number of the shop or the till (<code>device_id</code>)',
	},
};

/** WeChat Pay's pages do not agree on what is required in it: all four or none passes everywhere. */
const STORE: Field = {
	wireName: 'store_info',
	property: {
		displayName: 'Store',
		name: 'storeInfo',
		type: 'fixedCollection',
		default: {},
		description: 'The shop in which the order is made (<code>store_info</code>)',
	},
	fields: [
		storePart('id', 'Store ID', 32, 'e.g. 0001', 'Your number of the shop', true),
		storePart('name', 'Store Name', 256, 'e.g. 腾讯大厦分店', 'Name of the shop'),
		storePart('area_code', 'Area Code', 32, 'e.g. 440305', 'Code of its district'),
		storePart('address', 'Address', 512, 'e.g. 广东省深圳市南山区科技中一道10000号', 'Its address'),
	],
};

function storePart(
	wireName: string,
	displayName: string,
	maxLength: number,
	placeholder: string,
	description: string,
	required?: true,
): Field {
	const name = wireName.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
	return {
		wireName,
		maxLength,
		...(required ? {} : { requiredWith: 'id' }),
		property: {
			displayName,
			name,
			type: 'string',
			...(required ? { required } : {}),
			default: '',
			placeholder,
			description: `${description} (<code>${wireName}</code>)`,
		},
	};
}

/** 用户终端IP */
const PAYER_IP: Field = {
	wireName: 'payer_client_ip',
	maxLength: 45,
	ip: 'any',
	property: {
		displayName: 'Payer IP',
		name: 'payerClientIp',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 14.23.150.211',
		description: "IP address of the payer's device (<code>payer_client_ip</code>), IPv4 or IPv6",
	},
};

const SCENE: Parameter = {
	wireName: 'scene_info',
	in: 'body',
	property: {
		displayName: 'Scene',
		name: 'sceneInfo',
		type: 'fixedCollection',
		default: {},
		description: 'Where the payment is made (<code>scene_info</code>)',
	},
	fields: [PAYER_IP, DEVICE_ID, STORE],
};

const SETTLEMENT: Parameter = {
	wireName: 'settle_info',
	in: 'body',
	property: {
		displayName: 'Settlement',
		name: 'settleInfo',
		type: 'fixedCollection',
		default: {},
		description: 'How the money is settled (<code>settle_info</code>)',
	},
	fields: [
		{
			wireName: 'profit_sharing',
			property: {
				displayName: 'Profit Sharing',
				name: 'profitSharing',
				type: 'boolean',
				default: true,
				description: 'Whether the money is held, to be shared later (<code>profit_sharing</code>)',
			},
		},
	],
};

/** What may stand beside an order, in the order of WeChat Pay's pages. */
export const DETAILS: Parameter[] = [GOODS, SCENE, SETTLEMENT];

/** The same for H5, which has to tell its scene. */
export const H5_DETAILS: Parameter[] = [
	GOODS,
	{
		wireName: 'scene_info',
		in: 'body',
		fields: [
			{
				...PAYER_IP,
				ip: 'public',
				property: PAYER_IP.property && {
					...PAYER_IP.property,
					description:
						"IP address of the payer's phone (<code>payer_client_ip</code>), not of a proxy: WeChat Pay compares it",
				},
			},
			DEVICE_ID,
			STORE,
			{
				wireName: 'h5_info',
				fields: [
					{
						wireName: 'type',
						property: {
							displayName: 'Scene Type',
							name: 'type',
							type: 'options',
							options: [
								{ name: 'Android', value: 'Android' },
								{ name: 'iOS', value: 'iOS' },
								{ name: 'Web Page', value: 'Wap' },
							],
							required: true,
							default: 'Wap',
							description: 'Where the payer comes from (<code>type</code>)',
						},
					},
					h5Part('app_name', 'App Name', 64, 'e.g. 王者荣耀', 'Name of the app or site'),
					h5Part('app_url', 'Site URL', 128, 'e.g. https://pay.qq.com', 'Address of the site'),
					h5Part('bundle_id', 'Bundle ID (iOS)', 128, 'e.g. com.tencent.wzryiOS', 'Of the iOS app'),
					h5Part(
						'package_name',
						'Package Name (Android)',
						128,
						'e.g. com.tencent.tmgp.sgame',
						'Of the Android app',
					),
				],
			},
		],
	},
	SETTLEMENT,
];

function h5Part(...part: Parameters<typeof storePart>): Field {
	return { ...storePart(...part), requiredWith: undefined };
}
