import type { Parameter } from '../../../action/spec';
import type { ResponseShape, StateShape } from '../../../client/types';
import { subMchid } from '../fields';

/** 商户退款单号 the merchant's refund number */
export const outRefundNo: Parameter = {
	wireName: 'out_refund_no',
	in: 'path',
	maxLength: 64,
	pattern: {
		regex: /^[0-9A-Za-z_|*@-]+$/,
		must: 'must consist of letters, digits and _ - | * @ only',
	},
	property: {
		displayName: 'Refund Number',
		name: 'outRefundNo',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 1217752501201407033233368018',
		description: 'The number your system gave to this refund (<code>out_refund_no</code>)',
	},
};

/** 子商户号 */
export const refundSubMchid: Parameter = {
	...subMchid,
	property: subMchid.property && {
		...subMchid.property,
		description:
			'For service providers: the sub-merchant whose payment is refunded (<code>sub_mchid</code>)',
	},
};

/** What WeChat Pay says of a refund, whoever asks. */
export const REFUND_STATE: StateShape = { field: 'status', pending: ['PROCESSING'] };

const CLOSED =
	"Nothing was refunded, and this 'Refund Number' is used up: refund the order again with a new one.";

/** The same, as the response to a request for money. */
export const REFUND_RESULT: StateShape = {
	...REFUND_STATE,
	done: ['SUCCESS'],
	failed: {
		ABNORMAL:
			'The money cannot go back the way it was paid: use Refund: Apply Abnormal with the refund_id, or settle it in the merchant platform. Do not refund again under another number.',
		CLOSED,
		// Printed by one of WeChat Pay's lists.
		CLOSE: CLOSED,
	},
};

/** The response to all three: the refund. */
export const REFUND: ResponseShape = {
	requiredFields: [
		'refund_id',
		'out_refund_no',
		'transaction_id',
		'out_trade_no',
		'channel',
		'user_received_account',
		'create_time',
		'status',
		'funds_account',
		'amount',
	],
	simplifiedFields: [
		'refund_id',
		'out_refund_no',
		'transaction_id',
		'out_trade_no',
		'status',
		'channel',
		'user_received_account',
		'create_time',
		'success_time',
		'amount',
	],
};
