import type { Parameter } from '../../../action/spec';
import type { ResponseShape, StateShape } from '../../../client/types';

/** 商户单号 the merchant's number of a transfer: whatever is sent under it, money moves once */
export const outBillNo: Parameter = {
	wireName: 'out_bill_no',
	in: 'path',
	minLength: 1,
	maxLength: 32,
	pattern: {
		regex: /^[0-9A-Za-z]+$/,
		must: 'must consist of letters and digits only, without _ - | or *',
	},
	property: {
		displayName: 'Bill Number',
		name: 'outBillNo',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. plfk2020042013',
		description:
			'The number your system gave to this transfer (<code>out_bill_no</code>), letters and digits only',
	},
};

/** 微信转账单号 */
export const transferBillNo: Parameter = {
	wireName: 'transfer_bill_no',
	in: 'path',
	maxLength: 64,
	property: {
		displayName: 'Transfer ID',
		name: 'transferBillNo',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1330000071100999991182020050700019480001',
		description: "WeChat Pay's number of the transfer (<code>transfer_bill_no</code>)",
	},
};

/** What WeChat Pay says of a transfer, whoever asks; TRANSFERING is spelt so. */
export const TRANSFER_STATE: StateShape = {
	field: 'state',
	pending: ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM', 'TRANSFERING', 'CANCELING'],
};

const NOT_PAID =
	"Nothing was paid, and this 'Bill Number' is used up: another transfer needs a new one.";

/** The same, as the response to a request for money. */
export const TRANSFER_RESULT: StateShape = {
	...TRANSFER_STATE,
	done: ['SUCCESS'],
	failed: { FAIL: `See fail_reason. ${NOT_PAID}`, CANCELLED: NOT_PAID },
};

/** The response to a query, by either number. */
export const TRANSFER: ResponseShape = {
	requiredFields: [
		'mch_id',
		'out_bill_no',
		'transfer_bill_no',
		'appid',
		'state',
		'transfer_amount',
		'transfer_remark',
		'create_time',
		'update_time',
	],
	simplifiedFields: [
		'out_bill_no',
		'transfer_bill_no',
		'appid',
		'state',
		'transfer_amount',
		'transfer_remark',
		'fail_reason',
		'openid',
		'create_time',
		'update_time',
	],
	signer: 'mch_id',
	state: TRANSFER_STATE,
};

/** What a query of a transfer tells, in the form above. */
export const QUERY_NOTICE =
	'Only state SUCCESS means paid. Transfers of the last 30 days are found.';

export const QUERY_NOTICE_MORE =
	"States under way come with pending: true; CANCELING can still become SUCCESS. FAIL has a fail_reason. Only FAIL or CANCELLED allow a new 'Bill Number' for the same purpose. A query is data: it leaves by Success whatever the state is. It has no package_info: run Transfer: Create again with the same values for that.";

const RECEIPT_STATE: StateShape = { field: 'state', pending: ['GENERATING'] };

/** The same, where nothing but the receipt counts. */
const RECEIPT_RESULT: StateShape = {
	...RECEIPT_STATE,
	done: ['FINISHED'],
	failed: {
		FAILED:
			"WeChat Pay makes receipts of transfers that are SUCCESS, were sent with 'User Name', and are at most 6 months old.",
	},
};

/** 电子回单 what both requests for a receipt are answered. */
export const RECEIPT_ASKED: ResponseShape = {
	requiredFields: ['state', 'create_time'],
	state: RECEIPT_RESULT,
};

/** 电子回单 what both queries for one are answered. */
export const RECEIPT: ResponseShape = {
	requiredFields: ['state', 'create_time', 'update_time'],
	state: RECEIPT_STATE,
};

/** What a query must be answered before the receipt is downloaded. */
export const RECEIPT_READY: ResponseShape = { ...RECEIPT, state: RECEIPT_RESULT };

export const RECEIPT_ASKED_NOTICE =
	"Only for a transfer that is SUCCESS, was sent with 'User Name', and is at most 6 months old.";

export const RECEIPT_NOTICE =
	'Usually ready within an hour: ask every 10 minutes. Download Receipt gets the file.';
