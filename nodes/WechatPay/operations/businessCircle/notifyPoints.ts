import type { BuildBodyInput, Operation, Parameter } from '../../../action/spec';
import { ValidationError } from '../../../action/spec';
import { transactionId } from '../order/fields';
import { mallMchid, memberOpenid, miniProgramAppid } from './fields';
import { pointsErrors } from './knownErrors';

/** 是否获得积分 */
const earnPoints: Parameter = {
	wireName: 'earn_points',
	in: 'body',
	property: {
		displayName: 'Points Earned',
		name: 'earnPoints',
		type: 'boolean',
		required: true,
		default: true,
		description: 'Whether the payment earned points (<code>earn_points</code>)',
	},
};

/** 订单新增积分值 */
const increasedPoints: Parameter = {
	wireName: 'increased_points',
	in: 'body',
	property: {
		displayName: 'Points',
		name: 'increasedPoints',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		required: true,
		default: 0,
		description:
			"The points that this payment earned (<code>increased_points</code>); 0 where 'Points Earned' is off",
	},
};

/** The two may not contradict each other: WeChat Pay takes no correction. */
function checkPoints({ body }: BuildBodyInput): Record<string, unknown> {
	const { earn_points: earned, increased_points: points } = body;
	if (earned === true && points === 0) {
		throw new ValidationError(
			"'Points' is 0: fill in what the payment earned, or turn 'Points Earned' off",
			increasedPoints.wireName,
		);
	}
	if (earned === false && body.no_points_remarks === undefined) {
		throw new ValidationError(
			"'Why No Points' is empty: fill it in, or turn 'Points Earned' on",
			'no_points_remarks',
		);
	}
	if (earned === false && points !== 0) {
		throw new ValidationError(
			"'Points' must be 0 where 'Points Earned' is off: set one of them right",
			increasedPoints.wireName,
		);
	}
	return {};
}

export const notifyPoints: Operation = {
	name: 'Notify Points',
	value: 'notifyPoints',
	action: 'Notify points of a mall payment',
	description: 'Tell WeChat Pay how many points of the mall a payment earned',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012534698',
	notice: 'Once for each payment, on the day of the payment, and never corrected.',

	method: 'POST',
	path: '/v3/businesscircle/points/notify',
	fields: [
		{ ...mallMchid, maxLength: 64 },
		{ ...transactionId, in: 'body', maxLength: 64 },
		miniProgramAppid,
		memberOpenid,
		earnPoints,
		increasedPoints,
		{
			wireName: 'points_update_time',
			in: 'body',
			timezone: 'Asia/Shanghai',
			property: {
				displayName: 'Booked At',
				name: 'pointsUpdateTime',
				type: 'dateTime',
				required: true,
				default: '',
				description:
					'When the points were booked (<code>points_update_time</code>), in China time unless it names an offset',
			},
		},
		{
			wireName: 'no_points_remarks',
			in: 'body',
			maxLength: 128,
			property: {
				displayName: 'Why No Points',
				name: 'noPointsRemarks',
				type: 'string',
				default: '',
				placeholder: 'e.g. 商品不参与积分活动',
				description:
					"What the member reads instead of points (<code>no_points_remarks</code>); needed where 'Points Earned' is off",
			},
		},
		{
			wireName: 'total_points',
			in: 'body',
			property: {
				displayName: 'Total Points',
				name: 'totalPoints',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 0,
				description: 'The points that the member has now (<code>total_points</code>)',
				hint: 'Leave at 0 to tell none.',
			},
		},
	],
	buildBody: checkPoints,
	resendable: false,
	repeatable: false,
	knownErrors: pointsErrors,
	checkFirst: 'Look in the mini program of the mall whether the points are shown.',
	itemLabel: transactionId.wireName,
	pastTense: 'told',
};
