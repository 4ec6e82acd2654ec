/** Where specs differ from WeChat Pay's documentation on purpose: the difference, and the reason. */

const PAGES =
	"The executor pages: 'Return All' and 'Limit' stand in the place of offset and limit.";
const READ_FIRST = 'Worked out from Mode and Points after the member was read.';
const BOTH_ROLES =
	"One list for 'Simplify', since direct merchants and service providers share it.";
const SAME_NUMBER =
	'No page gives a maximum; 32 is what the family takes everywhere (card.create, unknown).';
const ONE_RECORD =
	'The order names the record, so that the same request sets the same state (DESIGN 6).';
const PATH_PAGE =
	'The page is known for the path, though not whether it describes reading or changing.';
const AS_GIVEN = 'The address of the verified response is used as it came.';
const PLAIN_FILE =
	'The file is asked for as it is: nothing that a community node may import unpacks GZIP.';
const NOT_ON_THE_PAGE = 'In the schema only; not on the pages of 2024-09.';
const NOT_OPEN = 'The page says that it is not open yet (该字段暂未开放).';
const MULTIPART = 'Made from the file of the input item by the executor.';

const CURRENCY = 'CNY is the only currency, and what WeChat Pay takes where none is named.';
const ONLY_CNY = 'CNY is the only currency: added to every refund.';
const SCHEMA_ONLY =
	"In WeChat Pay's schema alone, for merchants with a permission of its own; 'Additional Fields (JSON)' takes it.";
const READ_TOTAL = 'Left empty, the total is read with the order.';
const SHORT_NUMBERS =
	'The refund pages print no least length: orders made elsewhere may have shorter numbers.';

export const deliberate: Record<string, string> = {
	'activity.create body.out_request_no max_length: spec 32, facts undefined': SAME_NUMBER,
	'activity.list query.limit missing': PAGES,
	'activity.list query.offset missing': PAGES,
	'bill.download answer: spec false, facts true':
		'The file is streamed, and checked by its digest.',
	'bill.download query.tartype missing': AS_GIVEN,
	'bill.download query.token missing': AS_GIVEN,
	'bill.getFundFlowBill query.sub_mchid missing':
		'In the schema only: on no page of WeChat Pay, which has a bill of its own for sub-merchants.',
	'bill.getFundFlowBill query.tar_type missing': PLAIN_FILE,
	'bill.getSubMerchantFundFlowBill query.algorithm enum: spec undefined, facts AEAD_AES_256_GCM,SM4_GCM':
		'Always AEAD_AES_256_GCM: Node has SM4 only where OpenSSL was built with it.',
	'bill.getSubMerchantFundFlowBill query.tar_type missing': PLAIN_FILE,
	'bill.getTradeBill query.bill_type enum: spec ALL,REFUND,SUCCESS, facts ALL,ALL_SPECIAL,RECHARGE_REFUND,REFUND,REF_SPECIAL,SUCCESS,SUC_SPECIAL':
		'Those that the pages of 2025 and 2026 have.',
	'bill.getTradeBill query.tar_type missing': PLAIN_FILE,
	'card.create body.out_request_no max_length: spec 32, facts undefined': SAME_NUMBER,
	'card.list query.limit missing': PAGES,
	'card.list query.offset missing': PAGES,
	'card.update body.date_information order: type,available_begin_time,available_end_time,available_day_after_receive,wait_days_after_receive':
		'The same form as in card.create; the order of JSON keys means nothing.',
	'coupon.listByUser query.business_type missing': NOT_ON_THE_PAGE,
	'coupon.listByUser query.limit missing': PAGES,
	'coupon.listByUser query.offset missing': PAGES,
	'coupon.listByUser query.sender_mchid missing': NOT_ON_THE_PAGE,
	'coupon.listStocks query.limit missing': PAGES,
	'coupon.listStocks query.offset missing': PAGES,
	'coupon.send body.coupon_minimum missing': NOT_OPEN,
	'coupon.send body.coupon_value missing': NOT_OPEN,
	'coupon.setCallback body.switch missing':
		'Only true is supported, and it is what leaving it out means.',
	'media.uploadImage body.file missing': MULTIPART,
	'media.uploadImage body.meta missing': MULTIPART,
	'member.get docs: https://pay.weixin.qq.com/doc/v3/merchant/4012549292': PATH_PAGE,
	'member.listByUser query.limit missing': PAGES,
	'member.listByUser query.offset missing': PAGES,
	'member.setPoints body.add_bonus_value missing': READ_FIRST,
	'member.setPoints body.before_bonus_value missing': READ_FIRST,
	'member.setPoints body.bonus_value missing': READ_FIRST,
	'member.update docs: https://pay.weixin.qq.com/doc/v3/merchant/4012549292': PATH_PAGE,
	'order.getByOutTradeNo simplify: sp_mchid is not in the answer': BOTH_ROLES,
	'order.getByOutTradeNo simplify: sub_mchid is not in the answer': BOTH_ROLES,
	'order.getByTransactionId simplify: sp_mchid is not in the answer': BOTH_ROLES,
	'order.getByTransactionId simplify: sub_mchid is not in the answer': BOTH_ROLES,
	'order.partnerGetByOutTradeNo simplify: mchid is not in the answer': BOTH_ROLES,
	'order.partnerGetByTransactionId simplify: mchid is not in the answer': BOTH_ROLES,
	'payment.createApp body.amount.currency missing': CURRENCY,
	'payment.createApp body.payer missing': SCHEMA_ONLY,
	'payment.createApp body.subsidy_info missing': SCHEMA_ONLY,
	'payment.createH5 body.amount.currency missing': CURRENCY,
	'payment.createH5 body.payer missing': SCHEMA_ONLY,
	'payment.createJsapi body.amount.currency missing': CURRENCY,
	'payment.createJsapi body.payer.identity missing': SCHEMA_ONLY,
	'payment.createJsapi body.subsidy_info missing': SCHEMA_ONLY,
	'payment.createNative body.amount.currency missing': CURRENCY,
	'payment.createNative body.payer missing': SCHEMA_ONLY,
	'payment.partnerCreateApp body.amount.currency missing': CURRENCY,
	'payment.partnerCreateApp body.payer missing': SCHEMA_ONLY,
	'payment.partnerCreateApp body.settle_info.subsidy_amount missing': SCHEMA_ONLY,
	'payment.partnerCreateApp body.subsidy_info missing': SCHEMA_ONLY,
	'payment.partnerCreateH5 body.amount.currency missing': CURRENCY,
	'payment.partnerCreateH5 body.payer missing': SCHEMA_ONLY,
	'payment.partnerCreateH5 body.settle_info.subsidy_amount missing': SCHEMA_ONLY,
	'payment.partnerCreateJsapi body.amount.currency missing': CURRENCY,
	'payment.partnerCreateJsapi body.payer.identity missing': SCHEMA_ONLY,
	'payment.partnerCreateJsapi body.settle_info.subsidy_amount missing': SCHEMA_ONLY,
	'payment.partnerCreateJsapi body.subsidy_info missing': SCHEMA_ONLY,
	'payment.partnerCreateNative body.amount.currency missing': CURRENCY,
	'payment.partnerCreateNative body.payer missing': SCHEMA_ONLY,
	'payment.partnerCreateNative body.settle_info.subsidy_amount missing': SCHEMA_ONLY,
	'refund.create body.amount.currency missing': ONLY_CNY,
	'refund.create body.amount.total required: spec false, facts true': READ_TOTAL,
	'refund.create body.out_trade_no min_length: spec undefined, facts 6': SHORT_NUMBERS,
	'transfer.downloadReceipt answer: spec false, facts true':
		'The file is streamed, and checked by its digest.',
	'transfer.downloadReceipt query.source missing': AS_GIVEN,
	'transfer.downloadReceipt query.token missing': AS_GIVEN,
	'transfer.create body.transfer_scene_id enum: spec 1000,1002,1004,1005,1009,1010,1011,1013,other, facts 1000,1002,1004,1005,1006,1009,1010,1011,1013':
		'The texts of 1006 are not published: it is sent as another scene, like those that WeChat Pay will add.',
	'points.commit repeatable: spec true, facts false': ONE_RECORD,
	'points.commit resendable: spec true, facts false': ONE_RECORD,
	'points.prepare repeatable: spec true, facts false': ONE_RECORD,
	'points.prepare resendable: spec true, facts false': ONE_RECORD,
};
