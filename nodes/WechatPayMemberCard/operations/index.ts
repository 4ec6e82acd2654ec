import type { Catalogue } from '../../action/spec';
import { activation } from './activation';
import { callback } from './callback';
import { campaign } from './campaign';
import { card } from './card';
import { distribution } from './distribution';
import { image } from './image';
import { invitation } from './invitation';
import { member } from './member';
import { serviceItem } from './serviceItem';

/** Everything about member cards, in the order of the form. */
export const catalogue: Catalogue = {
	resources: [
		activation,
		callback,
		campaign,
		card,
		distribution,
		image,
		invitation,
		member,
		serviceItem,
	],
	defaultResource: 'member',
};
