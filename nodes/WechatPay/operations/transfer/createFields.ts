import type { Parameter } from '../../../action/spec';
import {
	anyAppid,
	openid as anyOpenid,
	withProperty,
} from '../../../WechatPayMemberCard/operations/fields';
import { paymentNotifyUrl } from '../fields';

/** 商户AppID */
export const transferAppid: Parameter = {
	...withProperty(anyAppid, {
		description:
			'The AppID of the mini program or page where the user confirms (<code>appid</code>), bound to the merchant',
		hint: "Leave empty to use the credential's.",
	}),
	in: 'body',
	maxLength: 32,
	defaultFrom: 'appid',
	requiredOnWire: true,
};

/** 收款用户姓名 */
export const userName: Parameter = {
	wireName: 'user_name',
	in: 'body',
	// RSA-OAEP takes no more under a key of 2048 bits (docs/protocol.md, Sensitive fields).
	maxBytes: 214,
	sensitive: true,
	property: {
		displayName: 'User Name',
		name: 'userName',
		type: 'string',
		default: '',
		placeholder: 'e.g. 张三',
		description:
			'Real name of the user, entered as plain text; encrypted before it is sent, and never shown again (<code>user_name</code>)',
		hint: 'Needed from 200,000 fen on, and for a receipt; not allowed below 30 fen.',
	},
};

/** 转账金额 */
export const transferAmount: Parameter = {
	wireName: 'transfer_amount',
	in: 'body',
	fen: true,
	property: {
		displayName: 'Amount (Fen)',
		name: 'transferAmount',
		type: 'number',
		typeOptions: { minValue: 10, numberPrecision: 0 },
		required: true,
		default: 0,
		description: 'What the user gets, in fen (<code>transfer_amount</code>): 12.50 yuan is 1250',
	},
};

/** 转账备注 */
export const transferRemark: Parameter = {
	wireName: 'transfer_remark',
	in: 'body',
	maxLength: 32,
	property: {
		displayName: 'Remark',
		name: 'transferRemark',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 2020年4月报销',
		description: 'What the user reads beside the amount (<code>transfer_remark</code>)',
	},
};

/** 通知地址 */
export const transferNotifyUrl: Parameter = {
	...paymentNotifyUrl,
	maxLength: 256,
	property: paymentNotifyUrl.property && {
		...paymentNotifyUrl.property,
		required: false,
		description:
			'Where WeChat Pay sends MCHTRANSFER.BILL.FINISHED (<code>notify_url</code>): https, reachable from outside, without a query',
	},
};

/** 用户收款样式 */
export const receivingStyle: Parameter = {
	wireName: 'user_recv_style',
	in: 'body',
	property: {
		displayName: 'Receiving Style',
		name: 'userRecvStyle',
		type: 'fixedCollection',
		default: {},
		description: 'How the user sees it (<code>user_recv_style</code>)',
	},
	fields: [
		{
			wireName: 'type',
			property: {
				displayName: 'Style',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Confirm Page', value: 'CONFIRM_PAGE' },
					{ name: 'Red Packet', value: 'RED_PACKET' },
				],
				required: true,
				default: 'CONFIRM_PAGE',
				description: 'A red packet takes at most 200 yuan, in some scenes (<code>type</code>)',
			},
		},
	],
};

/** 收款用户OpenID */
export const receiver: Parameter = {
	...withProperty(anyOpenid, { description: 'The user, under the AppID (<code>openid</code>)' }),
	maxLength: 64,
};
