import type { BuildBodyInput, Parameter } from '../../../action/spec';
import { ValidationError } from '../../../action/spec';

const JUMP = 'JUMP_ACTIVATE';

/** 激活类型 how a card becomes active */
export const activateType: Parameter = {
	wireName: 'activate_type',
	in: 'body',
	property: {
		displayName: 'Activation',
		name: 'activateType',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'AUTO_ACTIVATE',
				description: 'The card is active as soon as the user claims it',
			},
			{
				name: 'On Your Own Page',
				value: JUMP,
				description: 'The user is led to your page or mini program, which activates the card',
			},
		],
		required: true,
		default: 'AUTO_ACTIVATE',
		description: 'How the card becomes active (<code>activate_type</code>)',
	},
};

/** 跳转型激活url */
export const activateUrl: Parameter = {
	wireName: 'activate_url',
	in: 'body',
	maxLength: 128,
	property: {
		displayName: 'Activation URL',
		name: 'activateUrl',
		type: 'string',
		displayOptions: { show: { activateType: [JUMP] } },
		default: '',
		placeholder: 'e.g. https://w.url.cn/s/Ahz3p2C',
		description:
			'The web page that activates the card (<code>activate_url</code>); a mini program wins over it',
	},
};

/** 跳转型激活小程序appid */
export const activateAppid: Parameter = {
	wireName: 'activate_appid',
	in: 'body',
	maxLength: 32,
	property: {
		displayName: 'Activation AppID',
		name: 'activateAppid',
		type: 'string',
		displayOptions: { show: { activateType: [JUMP] } },
		default: '',
		placeholder: 'e.g. wxea9c30a90fs8d3fe',
		description: 'The mini program that activates the card (<code>activate_appid</code>)',
	},
};

/** 跳转型激活小程序path */
export const activatePath: Parameter = {
	wireName: 'activate_path',
	in: 'body',
	maxLength: 128,
	requiredWith: activateAppid.wireName,
	property: {
		displayName: 'Activation Path',
		name: 'activatePath',
		type: 'string',
		displayOptions: { show: { activateType: [JUMP] } },
		default: '',
		placeholder: 'e.g. pages/activate/activate',
		description: 'The page of that mini program (<code>activate_path</code>)',
	},
};

/** 领取场景值 */
export const outerStr: Parameter = {
	wireName: 'outer_str',
	in: 'body',
	maxLength: 32,
	pattern: {
		// WeChat Pay's own pattern, without its control characters.
		regex: /^[\x20-\x7e\u00a0-\u00ff\u4e00-\u9fa5]+$/,
		must: 'must consist of Chinese characters, letters, digits and Latin punctuation only',
	},
	property: {
		displayName: 'Scene Value',
		name: 'outerStr',
		type: 'string',
		default: '',
		placeholder: 'e.g. szwxtd',
		description:
			'Marks a channel or a store, and comes back in the notifications (<code>outer_str</code>)',
	},
};

/** For `compose`: activation on a page of one's own needs that page, of either kind. */
export function activationTarget({ body }: BuildBodyInput): Record<string, unknown> {
	const hasTarget = body.activate_url !== undefined || body.activate_appid !== undefined;
	if (body.activate_type !== JUMP || hasTarget) return {};
	throw new ValidationError(
		"'Activation URL' or 'Activation AppID' must be filled when the card is activated on your own page",
		'activate_url',
	);
}
