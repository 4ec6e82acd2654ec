import type { Resource } from '../../../action/spec';
import { activateMember } from './activate';
import { getMember } from './get';
import { getManyMembers } from './getMany';
import { importByOpenid } from './importByOpenid';
import { importByPhone } from './importByPhone';
import { invalidateMember } from './invalidate';
import { setPoints } from './setPoints';
import { updateMember } from './update';

export const member: Resource = {
	name: 'Member',
	value: 'member',
	description: "A user's card: its points, balance, level and state",
	operations: [
		activateMember,
		getMember,
		getManyMembers,
		importByOpenid,
		importByPhone,
		invalidateMember,
		setPoints,
		updateMember,
	],
	defaultOperation: 'get',
};
