/** The columns of an orders file, under the names that order systems, spreadsheets and people give them. */

export const REQUIRED = ['order_no', 'card_id', 'member_code', 'points'] as const;
export const OPTIONAL = ['sub_mchid', 'scenario'] as const;

export type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** Other names, as `plainName` leaves them. */
const SYNONYMS: Record<Column, string[]> = {
	order_no: [
		'order',
		'orderid',
		'ordernumber',
		'ordersn',
		'outtradeno',
		'订单号',
		'订单编号',
		'订单号码',
		'订单id',
		'商户订单号',
		'商家订单号',
		'商户单号',
	],
	card_id: ['card', 'membercardid', '卡id', '会员卡id', '卡模板id', '会员卡模板id', '卡券id'],
	member_code: [
		'code',
		'cardcode',
		'cardno',
		'cardnumber',
		'membercardno',
		'membercardnumber',
		'memberno',
		'membernumber',
		'卡号',
		'卡code',
		'会员卡号',
		'会员卡code',
		'会员卡编号',
		'会员号',
		'会员编号',
	],
	points: [
		'point',
		'bonus',
		'bonusvalue',
		'bonuspoints',
		'积分',
		'积分值',
		'积分数',
		'本次积分',
		'订单积分',
		'获得积分',
		'所得积分',
		'赠送积分',
		'应得积分',
	],
	sub_mchid: ['submerchantid', 'submerchant', '子商户号', '特约商户号', '子商户id'],
	scenario: ['场景'],
};

const BY_NAME = new Map(
	Object.entries(SYNONYMS).flatMap(([column, names]) =>
		[plainName(column), ...names].map((name) => [name, column as Column] as const),
	),
);

/** @returns the column that a header names; undefined for one that the demo does not need */
export function columnOf(header: string): Column | undefined {
	return BY_NAME.get(plainName(header));
}

/**
 * Without what differs from one export to the next: case, full width, blanks, line breaks, `_`, `-` and the like, and
 * remarks in brackets.
 */
function plainName(header: string): string {
	return header
		.normalize('NFKC')
		.toLowerCase()
		.replace(/(?<=.)\([^()]*\)/gs, '')
		.replace(/[^\p{L}\p{N}]/gu, '');
}
