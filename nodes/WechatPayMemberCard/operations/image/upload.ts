import type { Operation } from '../../../action/spec';
import { memberCardErrors } from '../knownErrors';

export const uploadImage: Operation = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload an image',
	description: 'Upload an image for a card or a campaign, and get its URL',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012557233',

	method: 'POST',
	path: '/v3/marketing/favor/media/image-upload',
	fields: [
		{
			wireName: 'file',
			in: 'form',
			property: {
				displayName: 'Input Binary Field',
				name: 'binaryPropertyName',
				type: 'string',
				required: true,
				default: 'data',
				hint: 'The name of the input field containing the file data to be processed.',
				description:
					'The image (<code>file</code>): JPG, PNG or BMP up to 2 MB. Member cards take JPG or PNG under 1 MB: 120 x 120 pixels for the logo, 1000 x 600 pixels for the background.',
			},
		},
	],
	upload: true,
	resendable: true,
	repeatable: true,
	knownErrors: memberCardErrors,
	response: { requiredFields: ['media_url'] },
	itemLabel: 'filename',
	pastTense: 'uploaded',
};
