import type { Operation } from '../../../action/spec';
import { requestFields } from './fields';

export const sendApiRequest: Operation = {
	name: 'Send',
	value: 'send',
	action: 'Send an API request',
	description:
		'Call any APIv3 endpoint of WeChat Pay: signed, verified, limited and retried as all others',
	notice:
		"Use this instead of n8n's 'Custom API Call', which leads to the HTTP Request node and verifies no response.",
	noticeMore:
		'The list has more than a thousand endpoints with their Chinese titles; a path that is not on it is sent all the same, with a hint. Values that request and response both name have to agree.',

	method: 'GET',
	path: '/v3',
	isFree: true,
	fields: requestFields,
	resendable: true,
	repeatable: true,
	response: { requiredFields: [], isOptional: true },
	pastTense: 'sent',
};
