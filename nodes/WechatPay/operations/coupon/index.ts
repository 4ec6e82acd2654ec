import type { Resource } from '../../../action/spec';
import { getCoupon } from './get';
import { getCouponCallback } from './getCallback';
import { getManyCoupons } from './getMany';
import { getManyStocks } from './getManyStocks';
import { getStock } from './getStock';
import { sendCoupon } from './send';
import { setCouponCallback } from './setCallback';

export const coupon: Resource = {
	name: 'Coupon',
	value: 'coupon',
	description: 'Cash coupons that users pay with',
	operations: [
		getCoupon,
		getCouponCallback,
		getManyStocks,
		getManyCoupons,
		getStock,
		sendCoupon,
		setCouponCallback,
	],
	defaultOperation: 'send',
};
