import type { BuildBodyInput, Operation } from '../../../action/spec';
import { ValidationError } from '../../../action/spec';
import { backgroundPictureUrl } from '../card/fields';
import { cardId, code, membershipNumber, outRequestNo, withProperty } from '../fields';
import { memberCardErrors } from '../knownErrors';
import { balanceInformation } from './fields';

export const updateMember: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update a member',
	description: "Change a member's number, background picture, level or stored-value balance",
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012549292',
	notice: 'Balances are in fen: 100 fen are 1 yuan. Read the member first (Member: Get).',
	noticeMore: 'WeChat Pay wants the balance before, after and the difference.',

	method: 'PATCH',
	path: '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}',
	fields: [
		cardId,
		code,
		membershipNumber,
		withProperty(backgroundPictureUrl, {
			description:
				"The picture on this member's card, from Image: Upload (<code>background_picture_url</code>)",
		}),
		{
			wireName: 'level',
			in: 'body',
			maxLength: 5,
			property: {
				displayName: 'Level',
				name: 'level',
				type: 'string',
				default: '',
				placeholder: 'e.g. 钻石会员',
				description: 'The level shown on the card (<code>level</code>)',
			},
		},
		outRequestNo,
		balanceInformation,
		{
			wireName: 'need_inform_balance',
			in: 'body',
			property: {
				displayName: 'Inform of Balance',
				name: 'needInformBalance',
				type: 'boolean',
				default: true,
				description:
					'Whether the member gets a message about the balance (<code>need_inform_balance</code>)',
			},
		},
		{
			wireName: 'need_inform_level',
			in: 'body',
			property: {
				displayName: 'Inform of Level',
				name: 'needInformLevel',
				type: 'boolean',
				default: true,
				description:
					'Whether the member gets a message about the level (<code>need_inform_level</code>)',
			},
		},
	],
	optional: 'updateFields',
	takesJson: true,
	buildBody: checkSum,
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	checkFirst: 'Look with Member: Get whether the member was changed.',
	itemLabel: code.wireName,
	pastTense: 'updated',
};

function checkSum({ body }: BuildBodyInput): Record<string, unknown> {
	const change = (body.balance_information ?? {}) as Record<string, number>;
	const { before_balance: before, balance: after, add_balance: added } = change;
	// Given as JSON, some of them may not be there; that is for WeChat Pay to judge.
	const isWhole = [before, after, added].every(Number.isSafeInteger);
	if (isWhole && [before, after, added].every((amount) => amount === 0)) {
		throw new ValidationError(
			"'Balance Before', 'Balance After' and 'Amount Added' are all 0, which changes nothing: fill them in, or remove 'Balance Information'",
			'balance_information.balance',
		);
	}
	if (!isWhole || after === before + added) return {};
	throw new ValidationError(
		`'Balance After' must be 'Balance Before' plus 'Amount Added': ${after} is not ${before} + ${added}`,
		'balance_information.balance',
	);
}
