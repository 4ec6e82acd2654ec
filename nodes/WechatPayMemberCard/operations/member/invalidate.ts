import type { Operation } from '../../../action/spec';
import { cardId, code } from '../fields';
import { memberCardErrors } from '../knownErrors';

export const invalidateMember: Operation = {
	name: 'Invalidate',
	value: 'invalidate',
	action: 'Invalidate a member',
	description: "Make a user's card invalid",
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012549677',
	notice:
		"This can't be undone: the card stays invalid. Tell the customer and get consent beforehand.",

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}/unavailable',
	fields: [
		cardId,
		code,
		{
			wireName: 'reason',
			in: 'body',
			maxLength: 30,
			property: {
				displayName: 'Reason',
				name: 'reason',
				type: 'string',
				default: '',
				placeholder: 'e.g. 示例理由',
				description: 'Why the card is made invalid (<code>reason</code>)',
			},
		},
	],
	resendable: false,
	repeatable: false,
	knownErrors: memberCardErrors,
	checkFirst: 'Look with Member: Get whether the card is invalid before you run this item again.',
	itemLabel: code.wireName,
	pastTense: 'invalidated',
};
