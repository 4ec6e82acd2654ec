import type { Catalogue } from '../../action/spec';
import { apiRequest } from './apiRequest';
import { bill } from './bill';
import { bonus } from './bonus';
import { businessCircle } from './businessCircle';
import { coupon } from './coupon';
import { order } from './order';
import { payment } from './payment';
import { refund } from './refund';
import { transfer } from './transfer';

/** What an order system asks of WeChat Pay every day, in the order of the form. */
export const catalogue: Catalogue = {
	resources: [apiRequest, bill, businessCircle, coupon, bonus, order, payment, refund, transfer],
	defaultResource: 'bonus',
};
