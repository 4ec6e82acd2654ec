import type { Operation } from '../../../action/spec';
import { mallBrandId, mallMchid, memberOpenid, miniProgramAppid } from './fields';
import { businessCircleErrors } from './knownErrors';

export const getPointsCommitStatus: Operation = {
	name: 'Get Points Commit Status',
	value: 'getPointsCommitStatus',
	action: 'Get points commit status of a mall member',
	description: 'Ask whether payments of today still wait for points',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012534994',

	method: 'GET',
	path: '/v3/businesscircle/users/{openid}/points/commit_status',
	fields: [
		{ ...memberOpenid, in: 'path', maxLength: 128 },
		{ ...mallMchid, in: 'query' },
		{ ...mallBrandId, in: 'query' },
		{ ...miniProgramAppid, in: 'query' },
	],
	resendable: true,
	repeatable: true,
	knownErrors: businessCircleErrors,
	response: { requiredFields: ['points_commit_status'] },
	itemLabel: memberOpenid.wireName,
	pastTense: 'read',
};
