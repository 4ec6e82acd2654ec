import type { Catalogue } from '../../action/spec';
import { decryptCode } from './activation/decryptCode';
import { getInformation } from './activation/getInformation';
import { commit } from './bonus/commit';
import { prepare } from './bonus/prepare';
import { getCallback } from './callback/get';
import { setCallback } from './callback/set';
import { createCampaign } from './campaign/create';
import { getCampaign } from './campaign/get';
import { getManyCampaigns } from './campaign/getMany';
import { terminateCampaign } from './campaign/terminate';
import { createCard } from './card/create';
import { deleteCard } from './card/delete';
import { depositCodes } from './card/depositCodes';
import { getCard } from './card/get';
import { getManyCards } from './card/getMany';
import { setBenefits } from './card/setBenefits';
import { updateCard } from './card/update';
import { upgradeCard } from './card/upgrade';
import { createPermissionToken } from './distribution/createPermissionToken';
import { createQrCode } from './distribution/createQrCode';
import { uploadImage } from './image/upload';
import { createInvitation } from './invitation/create';
import { getInvitationStatus } from './invitation/getStatus';
import { activateMember } from './member/activate';
import { getMember } from './member/get';
import { getManyMembers } from './member/getMany';
import { importByOpenid } from './member/importByOpenid';
import { importByPhone } from './member/importByPhone';
import { invalidateMember } from './member/invalidate';
import { setPoints } from './member/setPoints';
import { updateMember } from './member/update';
import { getOrder } from './order/get';
import { getOrderByTransactionId } from './order/getByTransactionId';
import { addServiceItem } from './serviceItem/add';
import { removeServiceItem } from './serviceItem/remove';
import { setUserData } from './serviceItem/setUserData';
import { updateServiceItem } from './serviceItem/update';

/** Everything this package can ask of WeChat Pay, in the order of the form. */
export const catalogue: Catalogue = {
	defaultResource: 'bonus',
	resources: [
		{
			name: 'Activation',
			value: 'activation',
			description: 'What WeChat Pay hands to your own activation page',
			operations: [decryptCode, getInformation],
			defaultOperation: 'decryptCode',
		},
		{
			name: 'Callback',
			value: 'callback',
			description: 'Where WeChat Pay sends its notifications on member cards',
			operations: [getCallback, setCallback],
			defaultOperation: 'get',
		},
		{
			name: 'Campaign',
			value: 'campaign',
			description: 'Gifts for members and for those who become one',
			operations: [createCampaign, getCampaign, getManyCampaigns, terminateCampaign],
			defaultOperation: 'get',
		},
		{
			name: 'Card',
			value: 'card',
			description: 'The template that all cards of a kind are made from',
			operations: [
				createCard,
				deleteCard,
				depositCodes,
				getCard,
				getManyCards,
				setBenefits,
				updateCard,
				upgradeCard,
			],
			defaultOperation: 'get',
		},
		{
			name: 'Distribution',
			value: 'distribution',
			description: 'Ways to hand out a card: QR code and permission token',
			operations: [createPermissionToken, createQrCode],
			defaultOperation: 'createPermissionToken',
		},
		{
			name: 'Image',
			value: 'image',
			description: 'Logos, backgrounds and portraits',
			operations: [uploadImage],
			defaultOperation: 'upload',
		},
		{
			name: 'Invitation',
			value: 'invitation',
			description: 'Reminders by phone number to claim a card',
			operations: [createInvitation, getInvitationStatus],
			defaultOperation: 'create',
		},
		{
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
		},
		{
			name: 'Membercard Bonus',
			value: 'bonus',
			description: 'The points shown to a member after a payment',
			operations: [commit, prepare],
			defaultOperation: 'commit',
		},
		{
			name: 'Order',
			value: 'order',
			description: 'The payment that a bonus belongs to',
			operations: [getOrder, getOrderByTransactionId],
			defaultOperation: 'get',
		},
		{
			name: 'Service Item',
			value: 'serviceItem',
			description: 'Services shown on a card, such as a booking',
			operations: [addServiceItem, removeServiceItem, setUserData, updateServiceItem],
			defaultOperation: 'add',
		},
	],
};
