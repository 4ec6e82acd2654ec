import type { KnownError } from '../../../client/types';
import { memberCardErrors } from '../knownErrors';

/** Rejections of the ways to hand out a card. */
export const distributionErrors: KnownError[] = [
	{
		status: 400,
		code: 'INVALID_REQUEST',
		messageIncludes: ['扫码投放场景不支持实时code模式'],
		meaning: 'cards whose code is given on activation have no QR code',
		advice:
			'Use a card with another code mode, or hand this one out with the card component of a mini program.',
	},
	...memberCardErrors,
];
