import type { Resource } from '../../../action/spec';
import { createInvitation } from './create';
import { getInvitationStatus } from './getStatus';

export const invitation: Resource = {
	name: 'Invitation',
	value: 'invitation',
	description: 'Reminders by phone number to claim a card',
	operations: [createInvitation, getInvitationStatus],
	defaultOperation: 'create',
};
