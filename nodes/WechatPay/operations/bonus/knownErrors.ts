import type { KnownError } from '../../../client/types';
import { memberCardErrors } from '../../../WechatPayMemberCard/operations/knownErrors';

/** Rejections of Prepare and Commit. */
export const bonusErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['商户号无效'],
		meaning: 'the merchant number that took the payment is not valid',
		advice:
			"A direct merchant leaves 'Sub-Merchant ID' empty; a service provider fills it with the sub-merchant that took the payment.",
	},
	...memberCardErrors,
];
