/** Which refusals only say that the request number was used before. */
import type { FailureDetails } from '../../../../nodes/client/errors/requestError';
import { saysNumberWasUsed } from '../../../../nodes/client/response/numberUsed';

const says = (details: Partial<FailureDetails>) =>
	saysNumberWasUsed({ http_status: 400, code: 'INVALID_REQUEST', ...details } as FailureDetails);

it.each<Partial<FailureDetails>>([
	{ code: 'PARAM_ERROR', raw_message: '商家请求单号重复' },
	{ raw_message: '单号已存在但信息不一致，请查单后比较确认' },
	{ raw_message: '商户请求单号已用于内容不同的请求' },
	{ raw_message: '请求单号已被使用' },
	{ raw_message: '请求单号已使用' },
	{ request_id: '08F78BB5AF0610D302-268498688' },
	{ code: 'OUT_TRADE_NO_USED', http_status: 403 },
	{ code: 'REFUND_FEE_MISMATCH' },
])('%j does', (details) => {
	expect(says(details)).toBe(true);
});

it.each<Partial<FailureDetails>>([
	{ raw_message: 'code不存在' },
	{ raw_message: '会员已经领取过该卡' },
	{ raw_message: '积分变化前的值不一致' },
	{ raw_message: '请求单号格式错误' },
	{ request_id: '08F78BB5AF0610D302-268498689' },
	{ request_id: '268498688-1' },
	{},
	{ http_status: 500, raw_message: '商家请求单号重复' },
	{ http_status: undefined, raw_message: '商家请求单号重复' },
])('%j does not', (details) => {
	expect(says(details)).toBe(false);
});
