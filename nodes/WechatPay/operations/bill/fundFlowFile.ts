import type { FileShape } from '../../../action/spec';
import { CSV, downloadBill } from './download';

/**
 * The fund flow bill, of a merchant or of a sub-merchant.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071249
 */
export const fundFlowFile: FileShape = {
	endpoint: downloadBill,
	type: CSV,
	statement: {
		columns: {
			记账时间: { key: 'booking_time', kind: 'time' },
			微信支付业务单号: { key: 'business_id', kind: 'text' },
			资金流水单号: { key: 'flow_id', kind: 'text' },
			业务名称: { key: 'business_name', kind: 'text' },
			业务类型: { key: 'business_type', kind: 'text' },
			收支类型: { key: 'flow_type', kind: 'text' },
			'收支金额(元)': { key: 'amount', kind: 'amount' },
			'账户结余(元)': { key: 'balance', kind: 'amount' },
			资金变更提交申请人: { key: 'applicant', kind: 'text' },
			备注: { key: 'remark', kind: 'text' },
			业务凭证号: { key: 'voucher_no', kind: 'text' },
		},
		summary: {
			资金流水总笔数: { key: 'flow_count', kind: 'count' },
			收入笔数: { key: 'income_count', kind: 'count' },
			收入金额: { key: 'income_amount', kind: 'amount' },
			支出笔数: { key: 'expense_count', kind: 'count' },
			支出金额: { key: 'expense_amount', kind: 'amount' },
		},
		count: 'flow_count',
		free: '备注',
	},
};
