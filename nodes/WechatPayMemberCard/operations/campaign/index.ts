import type { Resource } from '../../../action/spec';
import { createCampaign } from './create';
import { getCampaign } from './get';
import { getManyCampaigns } from './getMany';
import { terminateCampaign } from './terminate';

export const campaign: Resource = {
	name: 'Campaign',
	value: 'campaign',
	description: 'Gifts for members and for those who become one',
	operations: [createCampaign, getCampaign, getManyCampaigns, terminateCampaign],
	defaultOperation: 'get',
};
