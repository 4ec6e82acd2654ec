import type { Operation } from '../../../action/spec';
import { mallBrandId, mallMchid, memberOpenid, miniProgramAppid } from './fields';
import { businessCircleErrors } from './knownErrors';

export const notifyParking: Operation = {
	name: 'Notify Parking',
	value: 'notifyParking',
	action: 'Notify parking of a mall member',
	description: 'Tell WeChat Pay that the car of a member entered or left',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012535502',

	method: 'POST',
	path: '/v3/businesscircle/parkings',
	fields: [
		mallMchid,
		mallBrandId,
		{ ...miniProgramAppid, maxLength: 32 },
		memberOpenid,
		{
			wireName: 'plate_number',
			in: 'body',
			maxLength: 32,
			pattern: {
				regex: /^\p{Script=Han}[A-Z0-9\p{Script=Han}]+$/u,
				must: 'must be a plate number: the province first, then capital letters and digits, e.g. 粤B888888',
			},
			property: {
				displayName: 'Plate Number',
				name: 'plateNumber',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 粤B888888',
				description: 'The number plate of the car (<code>plate_number</code>)',
			},
		},
		{
			wireName: 'state',
			in: 'body',
			property: {
				displayName: 'State',
				name: 'state',
				type: 'options',
				options: [
					{ name: 'Entered', value: 'IN' },
					{ name: 'Left', value: 'OUT' },
				],
				required: true,
				default: 'IN',
				description: 'What the car did (<code>state</code>)',
			},
		},
		{
			wireName: 'time',
			in: 'body',
			timezone: 'Asia/Shanghai',
			property: {
				displayName: 'Time',
				name: 'time',
				type: 'dateTime',
				required: true,
				default: '',
				description:
					'When it entered or left (<code>time</code>), not in the future; in China time unless it names an offset',
			},
		},
	],
	resendable: false,
	repeatable: false,
	knownErrors: businessCircleErrors,
	checkFirst: 'Whether WeChat Pay takes the same notice twice is not documented: ask its support.',
	itemLabel: 'plate_number',
	pastTense: 'told',
};
