/** What WeChat Pay wants to know of a transfer in a scene, and the user reads; the Chinese texts are fixed. */
export interface Scene {
	id: string;
	name: string;
	/** 用户收款感知, the scene's own first; a choice where there is more than one. */
	perceptions: Array<[label: string, text: string]>;
	/** 转账场景报备信息: one entry for each text, all of them. */
	reports: Report[];
	/** Whether the user may see it as a red packet. */
	redPacket?: true;
}

export interface Report {
	/** What the form calls it, and its name there. */
	label: string;
	name: string;
	/** WeChat Pay's `info_type`. */
	text: string;
	example: string;
}

/**
 * The scenes whose texts WeChat Pay has published, by name.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012711988
 */
export const SCENES: Scene[] = [
	{
		id: '1002',
		name: 'Administrative Subsidy',
		perceptions: [
			['Administrative Subsidy', '行政补贴'],
			['Administrative Reward', '行政奖励'],
		],
		reports: [
			{ label: 'Subsidy Type', name: 'subsidy_type', text: '补贴类型', example: '住房补贴' },
		],
		redPacket: true,
	},
	{
		id: '1000',
		name: 'Cash Marketing',
		perceptions: [
			['Activity Reward', '活动奖励'],
			['Cash Reward', '现金奖励'],
		],
		reports: [
			{ label: 'Activity Name', name: 'activity_name', text: '活动名称', example: '注册会员有礼' },
			{ label: 'Reward Reason', name: 'reward_reason', text: '奖励说明', example: '消费返现' },
		],
		redPacket: true,
	},
	{
		id: '1013',
		name: 'Charity Grant',
		perceptions: [['Charity Grant', '公益补助金']],
		reports: [
			{
				label: 'Charity Activity',
				name: 'charity_activity',
				text: '公益活动名称',
				example: '助学',
			},
			{
				label: 'Charity Filing Number',
				name: 'charity_filing_no',
				text: '公益活动备案编号',
				example: '5344000',
			},
		],
	},
	{
		id: '1005',
		name: 'Commission and Pay',
		perceptions: [
			['Remuneration', '劳务报酬'],
			['Expenses', '报销款'],
			['Company Allowance', '企业补贴'],
			['New Year Work Bonus', '开工利是'],
		],
		reports: [
			{ label: 'Position', name: 'position_type', text: '岗位类型', example: '外卖员' },
			{ label: 'Pay Details', name: 'pay_details', text: '报酬说明', example: '11月配送费' },
		],
		redPacket: true,
	},
	{
		id: '1011',
		name: 'Company Compensation',
		perceptions: [
			['Money Back', '退款'],
			['Compensation by the Merchant', '商家赔付'],
		],
		reports: [
			{
				label: 'Compensation Reason',
				name: 'compensation_reason',
				text: '赔付原因',
				example: '商品破损',
			},
		],
		redPacket: true,
	},
	{
		id: '1004',
		name: 'Insurance Claim',
		perceptions: [['Insurance Benefit', '保险理赔款']],
		reports: [
			{
				label: 'Insurance Filing Number',
				name: 'insurance_filing_no',
				text: '保险产品备案编号',
				example: 'C0000123',
			},
			{ label: 'Insurance Name', name: 'insurance_name', text: '保险名称', example: '退货运费险' },
			{
				label: 'Insurance Claim Number',
				name: 'insurance_claim_no',
				text: '保险操作单号',
				example: '2026112801',
			},
		],
	},
	{
		id: '1009',
		name: 'Purchase of Goods',
		perceptions: [['Price of Goods', '货款']],
		reports: [
			{ label: 'Goods Purchased', name: 'goods_purchased', text: '采购商品名称', example: '苹果' },
		],
	},
	{
		id: '1010',
		name: 'Second-Hand Recycling',
		perceptions: [['Price of Used Goods', '二手回收货款']],
		reports: [
			{ label: 'Goods Recycled', name: 'goods_recycled', text: '回收商品名称', example: '手机' },
		],
	},
];

/** Stands in the form for a scene of the platform that is none of these. */
export const OTHER_SCENE = 'other';
