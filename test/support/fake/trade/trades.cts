/** The rows of bills: payments, refunds and movements of money. */

/** A row of a trade bill; amounts in fen, times in Unix seconds. */
export interface Trade {
	time: number;
	appid: string;
	mchid: string;
	sub_mchid?: string;
	device_id?: string;
	transaction_id: string;
	out_trade_no: string;
	openid: string;
	trade_type: string;
	bank_type: string;
	total: number;
	coupon_amount: number;
	description: string;
	attach: string;
	/** In 0.00001 yuan, as the bill has it. */
	fee: number;
	rate: string;
	rate_remark: string;
	refund?: TradeRefund;
}

/** What a refund has besides. */
export interface TradeRefund {
	refund_id: string;
	out_refund_no: string;
	amount: number;
	coupon_refund: number;
	type: string;
	status: string;
	success_time?: number;
}

/** A row of a fund flow bill. */
export interface Flow {
	time: number;
	mchid: string;
	account: string;
	business_id: string;
	flow_id: string;
	business_name: string;
	business_type: string;
	isIncome: boolean;
	/** Fen. */
	amount: number;
	balance: number;
	applicant: string;
	remark: string;
	voucher_no: string;
}

const USUAL_TRADE: Trade = {
	time: 0,
	appid: 'wxd678efh567hg6787',
	mchid: '1230000109',
	transaction_id: '4200001234202611230000000001',
	out_trade_no: '1217752501201407033233368018',
	openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
	trade_type: 'JSAPI',
	bank_type: 'OTHERS',
	total: 100,
	coupon_amount: 0,
	description: '咖啡',
	attach: '',
	fee: 0,
	rate: '0.60%',
	rate_remark: '',
};

const USUAL_FLOW: Flow = {
	time: 0,
	mchid: '1230000109',
	account: 'BASIC',
	business_id: '50000305742018020103387128253',
	flow_id: '1900009231201802015884652186',
	business_name: '交易',
	business_type: '交易',
	isIncome: true,
	amount: 100,
	balance: 100,
	applicant: 'system',
	remark: '',
	voucher_no: '1217752501201407033233368018',
};

/** A payment of 100 fen, or what is told of one. */
export function completeTrade(trade: Partial<Trade> & { time: number }): Trade {
	return { ...USUAL_TRADE, ...trade };
}

/** An income of 100 fen, or what is told of a movement. */
export function completeFlow(flow: Partial<Flow> & { time: number }): Flow {
	return { ...USUAL_FLOW, ...flow };
}

/** The day in China of a time in Unix seconds. */
export function dayOf(seconds: number): string {
	return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 10);
}
