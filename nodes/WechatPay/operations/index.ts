import type { Catalogue } from '../../action/spec';
import { bonus } from './bonus';
import { businessCircle } from './businessCircle';
import { coupon } from './coupon';
import { order } from './order';
import { payment } from './payment';
import { refund } from './refund';

/** What an order system asks of WeChat Pay every day, in the order of the form. */
export const catalogue: Catalogue = {
	resources: [businessCircle, coupon, bonus, order, payment, refund],
	defaultResource: 'bonus',
};
