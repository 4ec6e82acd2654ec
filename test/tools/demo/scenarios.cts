/** What the fake WeChat Pay knows of an order, and how it misbehaves for it. */
import type { FakeWechatPay, Fault } from '../../support/fake/server.cts';
import { MERCHANT } from '../../support/fake/keys.cts';
import { OrdersFileError, type DemoOrder } from './orders.cts';

type Scene = (wechatPay: FakeWechatPay, order: DemoOrder) => void;

/** By the text of the column `scenario`. */
const scenarios: Record<string, Scene> = {
	'': ready,
	'card unknown': () => {},
	'card of another merchant': (wechatPay, { card_id }) =>
		wechatPay.addCard({ card_id, creator: '1900000999' }),
	'points not turned on': (wechatPay, { card_id }) =>
		wechatPay.addCard({ card_id, bonusEnabled: false }),
	'card not upgraded': (wechatPay, { card_id }) => wechatPay.addCard({ card_id, upgraded: false }),
	'merchant not valid': (wechatPay, order) => {
		ready(wechatPay, order);
		wechatPay.setKnown(order.sub_mchid ?? '', false);
	},
	'merchant not in the brand': (wechatPay, order) => {
		ready(wechatPay, order);
		wechatPay.unbindFromBrand(order.sub_mchid ?? '');
	},
	'code unknown': (wechatPay, { card_id }) => wechatPay.addCard({ card_id }),
	'card deleted by the member': (wechatPay, { card_id, member_code: code }) => {
		wechatPay.addCard({ card_id });
		wechatPay.addMember({ card_id, code, valid: false });
	},
	'not prepared': (wechatPay, { card_id, member_code: code }) => {
		wechatPay.addCard({ card_id });
		wechatPay.addMember({ card_id, code });
	},
	'another value prepared': (wechatPay, order) =>
		ready(wechatPay, { ...order, points: String(pointsOf(order) + 1) }),
	'answer lost once': misbehaving('reset-after', 1),
	'answer lost': misbehaving('reset-after'),
	'too many requests once': misbehaving({ name: 'rate-limit', retryAfter: 1 }, 1),
	'gateway down once': misbehaving('bad-gateway', 1),
	'system busy': misbehaving('system-error'),
	'not processed yet once': misbehaving('accepted', 1),
	'answer not verifiable': misbehaving('bad-signature'),
	'test signature once': misbehaving('test-signature', 1),
};

/**
 * Tells the fake WeChat Pay about every order.
 *
 * @throws OrdersFileError for a scenario that does not exist
 */
export function setTheScene(wechatPay: FakeWechatPay, orders: DemoOrder[]): void {
	for (const order of orders) {
		const scene = scenarios[order.scenario ?? ''];
		if (!scene) {
			throw new OrdersFileError(
				`Order ${order.order_no} has the unknown scenario '${order.scenario}'. Leave it empty, or choose one of: ` +
					`${Object.keys(scenarios).filter(Boolean).join('; ')}.`,
			);
		}
		scene(wechatPay, order);
	}
}

/** The order as it should be: card, member and points that were prepared. */
function ready(wechatPay: FakeWechatPay, order: DemoOrder): void {
	const { card_id, member_code: code, order_no: out_trade_no, sub_mchid } = order;
	wechatPay.addCard({ card_id });
	wechatPay.addMember({ card_id, code });
	wechatPay.prepareBonus({
		card_id,
		code,
		out_trade_no,
		...(sub_mchid ? { sub_mchid } : { mchid: MERCHANT.mchid }),
		bonus_value: pointsOf(order),
	});
}

/** Spreadsheets write a thousand as 1,000. */
function pointsOf({ points }: DemoOrder): number {
	return Number(points.replaceAll(',', ''));
}

function misbehaving(fault: Fault, times = Infinity): Scene {
	return (wechatPay, order) => {
		ready(wechatPay, order);
		const body = `"out_trade_no":"${order.order_no}"`;
		wechatPay.misbehave({ fault, times, when: (request) => request.body.includes(body) });
	};
}
