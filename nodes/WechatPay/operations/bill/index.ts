import type { Resource } from '../../../action/spec';
import { getFundFlowBill } from './getFundFlowBill';
import { getSubMerchantFundFlowBill } from './getSubMerchantFundFlowBill';
import { getTradeBill } from './getTradeBill';

export const bill: Resource = {
	name: 'Bill',
	value: 'bill',
	description: 'What was paid, refunded and moved on a day',
	operations: [getFundFlowBill, getSubMerchantFundFlowBill, getTradeBill],
	defaultOperation: 'getTradeBill',
};
