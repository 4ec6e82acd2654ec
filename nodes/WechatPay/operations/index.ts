import { commit } from './bonus/commit';
import { prepare } from './bonus/prepare';
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
import { getMember } from './member/get';
import { setPoints } from './member/setPoints';
import type { Resource } from './types';

/** Everything this package can ask of WeChat Pay, in the order of the form. */
export const catalogue: Resource[] = [
	{
		name: 'Campaign',
		value: 'campaign',
		description: 'Gifts for members and for those who become one',
		operations: [createCampaign, getCampaign, getManyCampaigns, terminateCampaign],
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
	},
	{
		name: 'Member',
		value: 'member',
		description: "A user's card: its points, balance, level and state",
		operations: [getMember, setPoints],
	},
	{
		name: 'Membercard Bonus',
		value: 'bonus',
		description: 'The points shown to a member after a payment',
		operations: [commit, prepare],
	},
];
