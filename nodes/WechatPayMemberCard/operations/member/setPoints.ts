import type { BuildBodyInput, Operation } from '../../../action/spec';
import { ValidationError } from '../../../action/spec';
import { guide } from '../card/benefits';
import { fapiaoJumpWord } from '../card/fields';
import { cardId, code, outRequestNo, withProperty } from '../fields';
import { memberCardErrors } from '../knownErrors';
import { getMember } from './get';

export const setPoints: Operation = {
	name: 'Set Points',
	value: 'setPoints',
	action: 'Set points of a member',
	description: "Set a member's points balance, or add to it, and the texts of the benefit sections",
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012551213',
	notice:
		'This changes the points balance on the card. Nothing else should change the points of the same member at the same moment.',
	noticeMore:
		'The member is read first, for WeChat Pay wants the points before, after and the difference. Points must be turned on for the card (Card: Set Benefits).',

	method: 'PATCH',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}/rights',
	fields: [
		cardId,
		code,
		{
			wireName: 'mode',
			in: 'form',
			property: {
				displayName: 'Mode',
				name: 'mode',
				type: 'options',
				options: [
					{ name: 'Set To', value: 'setTo', description: 'Points is the new balance' },
					{
						name: 'Add or Subtract',
						value: 'addOrSubtract',
						description: 'Points is what comes on top, or goes away where it is negative',
					},
				],
				required: true,
				// A change taken for a balance would take points away.
				default: 'addOrSubtract',
				description:
					'How the balance changes; the three numbers that WeChat Pay wants follow from it',
			},
		},
		{
			wireName: 'points',
			in: 'form',
			property: {
				displayName: 'Points',
				name: 'points',
				type: 'number',
				typeOptions: { numberPrecision: 0 },
				required: true,
				default: 0,
				placeholder: 'e.g. 100',
				description: 'The new balance, or the change (negative to subtract), in whole points',
			},
		},
		{ ...outRequestNo, maxLength: 128 },
		{
			wireName: 'need_inform_bonus',
			in: 'body',
			property: {
				displayName: 'Inform Member',
				name: 'needInformBonus',
				type: 'boolean',
				default: true,
				description:
					'Whether the member gets a message about the change (<code>need_inform_bonus</code>); WeChat Pay does so unless told otherwise',
			},
		},
		{
			wireName: 'member_price_word',
			in: 'body',
			maxLength: 8,
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
			...withProperty(fapiaoJumpWord, {
				displayName: 'Invoice Link Text',
				placeholder: 'e.g. 3张发票可开',
			}),
			in: 'body',
			maxLength: 6,
		},
		guide,
	],
	takesJson: true,
	readFirst: { endpoints: [getMember] },
	buildBody: pointsBeforeAndAfter,
	computed: ['before_bonus_value', 'bonus_value', 'add_bonus_value'],
	points: { before: 'before_bonus_value', after: 'bonus_value', read: 'bonus_value' },
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	rejectionHint:
		'Check that nobody else changed the points of this member at the same moment, and that the request number was not used for another change.',
	checkFirst: 'Look with Member: Get how many points there are.',
	itemLabel: code.wireName,
	pastTense: 'set',
};

function pointsBeforeAndAfter({ form, read }: BuildBodyInput): Record<string, unknown> {
	const { mode, points } = form as { mode: string; points: number };
	const before = read.bonus_value;
	if (typeof before !== 'number') {
		throw new ValidationError(
			"The member's points are not in WeChat Pay's response (bonus_value): turn on points for this card (Card: Set Benefits) first",
			'points',
		);
	}
	const after = mode === 'setTo' ? points : before + points;
	if (![before, after, after - before].every(Number.isSafeInteger)) {
		throw new ValidationError(
			`'Points' would leave the member with more points than can be counted exactly, there are ${before}: correct the value`,
			'points',
		);
	}
	if (after < 0) {
		throw new ValidationError(
			`'Points' would leave the member with ${after} points, there are ${before}: correct the value`,
			'points',
		);
	}
	return { before_bonus_value: before, bonus_value: after, add_bonus_value: after - before };
}
