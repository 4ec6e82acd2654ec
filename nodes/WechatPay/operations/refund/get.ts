import type { Operation } from '../../../action/spec';
import { outRefundNo, REFUND, REFUND_STATE, refundSubMchid } from './fields';
import { refundQueryErrors } from './knownErrors';

export const getRefund: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get a refund',
	description: 'Get a refund by your own refund number',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4013071041',
	notice:
		'The money is back when status is SUCCESS. Ask a minute after the refund, then less often.',
	noticeMore:
		'PROCESSING comes with pending: true. ABNORMAL is settled with Apply Abnormal, CLOSED needs a new refund under a new number. A query is data: it leaves by Success whatever the status says.',

	method: 'GET',
	path: '/v3/refund/domestic/refunds/{out_refund_no}',
	fields: [outRefundNo, { ...refundSubMchid, in: 'query' }],
	resendable: true,
	repeatable: true,
	knownErrors: refundQueryErrors,
	response: { ...REFUND, state: REFUND_STATE },
	itemLabel: outRefundNo.wireName,
	pastTense: 'read',
};
