import type { Parameter } from '../../../action/spec';
import {
	anyAppid,
	openid as anyOpenid,
	withProperty,
} from '../../../WechatPayMemberCard/operations/fields';
import { subMchid } from '../fields';

/** 商圈商户ID */
export const mallMchid: Parameter = withProperty(subMchid, {
	description: 'For service providers: the merchant number of the mall (<code>sub_mchid</code>)',
	hint: 'Leave empty if the mall signs itself.',
});

/** 小程序AppID */
export const miniProgramAppid: Parameter = {
	...withProperty(anyAppid, {
		description: 'The mini program in which the member authorised the points (<code>appid</code>)',
		hint: "Leave empty to use the credential's.",
	}),
	in: 'body',
	maxLength: 128,
	defaultFrom: 'appid',
	requiredOnWire: true,
};

/** 顾客OpenID */
export const memberOpenid: Parameter = {
	...withProperty(anyOpenid, {
		description: 'The member, under the AppID of the mini program (<code>openid</code>)',
	}),
	maxLength: 64,
};

/** 品牌ID of the mall; a number here, a text in the member-card family */
export const mallBrandId: Parameter = {
	wireName: 'brandid',
	in: 'body',
	defaultFrom: 'brandId',
	requiredOnWire: true,
	property: {
		displayName: 'Brand ID',
		name: 'brandid',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 0,
		description: 'The WeChat Pay brand of the mall (<code>brandid</code>)',
		hint: "Leave at 0 to use the credential's.",
	},
};
