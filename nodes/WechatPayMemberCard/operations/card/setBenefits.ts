import type { Operation } from '../../../action/spec';
import { cardId } from '../fields';
import { bonus, fapiao, favor, guide } from './benefits';
import { cardErrors } from './knownErrors';

export const setBenefits: Operation = {
	name: 'Set Benefits',
	value: 'setBenefits',
	action: 'Set benefits of a card',
	description:
		'Choose which sections (points, offers, invoices, adviser) the card shows, and what is in them',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012551219',
	notice:
		'Points work only once Show Points is on. For each section that is on, fill in what it shows (Points, Offers, Invoices, Adviser).',

	method: 'PATCH',
	path: '/v3/marketing/membercard-open/cards/{card_id}/rights',
	fields: [
		cardId,
		{
			wireName: 'show_bonus',
			in: 'body',
			property: {
				displayName: 'Show Points',
				name: 'showBonus',
				type: 'boolean',
				required: true,
				default: true,
				description:
					'Whether the points section is shown in the card details (<code>show_bonus</code>)',
			},
		},
		{
			wireName: 'show_favor',
			in: 'body',
			property: {
				displayName: 'Show Offers',
				name: 'showFavor',
				type: 'boolean',
				required: true,
				default: true,
				description:
					'Whether the offers section is shown in the card details (<code>show_favor</code>)',
			},
		},
		bonus,
		favor,
		{
			wireName: 'show_fapiao',
			in: 'body',
			property: {
				displayName: 'Show Invoices',
				name: 'showFapiao',
				type: 'boolean',
				default: false,
				description:
					'Whether the invoice section is shown in the card details (<code>show_fapiao</code>)',
			},
		},
		fapiao,
		{
			wireName: 'show_guide',
			in: 'body',
			property: {
				displayName: 'Show Adviser',
				name: 'showGuide',
				type: 'boolean',
				default: false,
				description:
					'Whether the personal adviser is shown in the card details (<code>show_guide</code>)',
			},
		},
		guide,
	],
	takesJson: true,
	resendable: true,
	repeatable: true,
	knownErrors: cardErrors,
	itemLabel: cardId.wireName,
	pastTense: 'set',
};
