import { attempt } from '../apiv3/attempt';
import { printable } from '../client/errors/printable';

/** What WeChat Pay notifies of. */
export interface NotificationEvent {
	/** The `event_type` of the notification. */
	type: string;
	/** What happened, in a word or two. */
	name: string;
	meaning: string;
}

/** Events of one product. */
export interface EventGroup {
	name: string;
	events: NotificationEvent[];
}

type Row = [type: string, name: string, meaning: string];

/**
 * The documented events by product: those of orders and member cards, then the others by name
 * (test/support/facts/notifications.json).
 */
export const eventGroups: EventGroup[] = [
	group('Member Card', [
		['MEMBERCARD.ACTIVATE_CARD', 'Activated', "A user's card was activated"],
		[
			'MEMBERCARD.USERCARD_MANAGE',
			'Changed or Deleted',
			'A user edited, deleted or only opened a card: see resource.event_type',
		],
		['MEMBERCARD.ACCEPT_CARD', 'Claimed', 'A user claimed a card'],
	]),
	group('Payment', [
		['TRANSACTION.PAY_BACK', 'Advance Repaid', 'A user repaid what had been advanced'],
		['TRANSACTION.FAIL', 'Automatic Charge Failed', 'An automatic charge, as for parking, failed'],
		['TRANSACTION.SUCCESS', 'Succeeded', 'An order was paid: prepare and commit its points'],
	]),
	group('Refund', [
		['REFUND.ABNORMAL', 'Abnormal', 'A refund could not be made and needs attention'],
		['REFUND.CLOSED', 'Closed', 'A refund was closed'],
		['REFUND.SUCCESS', 'Succeeded', 'A refund succeeded'],
	]),
	group('Account', [
		['APPLYMENT_STATE.APPROVED', 'Granted', 'An application for H5 payments was approved'],
		['RECHARGE.CLOSED', 'Recharge Closed', "A recharge of a platform's merchant was closed"],
		['RECHARGE.SUCCESS', 'Recharge Succeeded', "A recharge of a platform's merchant succeeded"],
		['SETTLEMENT.SUCCESS', 'Settled', 'Funds of a personal collection were settled'],
		['MCHWITHDRAW.CHANGE', 'Withdrawal Changed', 'A withdrawal of the merchant changed its state'],
	]),
	group('Auto-Debit', [
		['ENTRUST.RELEASE', 'Education Contract Ended', 'A contract on education fees was ended'],
		['ENTRUST.SIGNING', 'Education Contract Signed', 'A contract on education fees was signed'],
		['ENTRUST.TERMINATE', 'Ended', 'A contract was ended'],
		['ENTRUST.TERMINATE_RETENTION', 'Ending Announced', 'A user is about to end a contract'],
		['INSURANCE_ENTRUST.TERMINATE', 'Insurance Ended', 'An insurance contract was ended'],
		['INSURANCE_ENTRUST.RENEW', 'Insurance Renewed', 'An insurance contract was renewed'],
		['INSURANCE_ENTRUST.SIGN', 'Insurance Signed', 'An insurance contract was signed'],
		['PAPAY.TERMINATE', 'Overseas Ended', 'A cross-border contract was ended'],
		['PAPAY.SIGN', 'Overseas Signed', 'A cross-border contract was signed'],
		[
			'ECOMMERCE_ENTRUST.TERMINATE',
			'Platform Ended',
			'A contract on combined orders of an e-commerce platform was ended',
		],
		[
			'ECOMMERCE_ENTRUST.SIGN',
			'Platform Signed',
			'A contract on combined orders of an e-commerce platform was signed',
		],
		['ENTRUST.SIGN', 'Signed', 'A contract was signed'],
	]),
	group('Budget', [
		['BUDGET.CLOSED', 'Closed', 'A budget application was closed'],
		['BUDGET.FINISHED', 'Finished', 'A budget application was completed'],
		['BUDGET.LOCKED', 'Locked', 'A budget application was locked'],
	]),
	group('Business Card Membership', [
		[
			'BRAND_MEMBER_CARD_SP.POINT_EXCHANGE_COUPON',
			'Coupon Wanted',
			'A member wants to trade points for a coupon',
		],
		['BRAND_MEMBER_CARD_SP.USER_CARD.DELETE', 'Deleted', 'A user deleted the card'],
		['MEMBERCARDSP.USER_CARD.DELETE', 'Deleted', "The same under the name of WeChat Pay's schema"],
		['BRAND_MEMBER_CARD_SP.USER_CARD.CREATE', 'Opened', 'A user opened the card'],
		['MEMBERCARDSP.USER_CARD.CREATE', 'Opened', "The same under the name of WeChat Pay's schema"],
		[
			'BRAND_MEMBER_CARD_SP.SYNC_USER_POINT',
			'Points Asked For',
			'WeChat Pay asks for the points balance of a member',
		],
	]),
	group('Campus Pay', [
		['TRANSACTION.INDUSTRY_FAILED', 'Charge Failed', 'A charge did not succeed'],
		['TRANSACTION.INDUSTRY_SUCCESS', 'Charge Succeeded', 'A charge succeeded'],
		['EDU_SCHOOL_PAY.USER_DEBT_STATE_UPDATE', 'Debt Changed', 'What a user owes changed its state'],
	]),
	group('Complaint', [
		['COMPLAINT.STATE_CHANGE', 'Changed', 'A complaint of a consumer changed its state'],
		['COMPLAINT.CREATE', 'Opened', 'A consumer opened a complaint'],
	]),
	group('Coupon', [
		['COUPON.SEND', 'Received', 'A user received a coupon of the merchant'],
		['COUPON.USE', 'Used', 'A user used a cash coupon'],
	]),
	group('Enterprise Pay', [
		['WEBIZPAY.AUTHORIZED', 'Authorized', 'A relation was authorized'],
		['WEBIZPAY.QUOTACARDEXPIRED', 'Card Expired', 'A quota card expired'],
		['WEBIZPAY.PAYMENTSUCCESS', 'Card Paid', 'A quota card paid'],
		['WEBIZPAY.PAYMENTREFUNDSUCCESS', 'Card Refunded', 'A payment of a quota card was refunded'],
		['WEBIZPAY.REVOKED', 'Revoked', 'A relation was withdrawn'],
	]),
	group('Face Payment', [
		[
			'FACEPAY.USER_STATE_CHANGE',
			'Contract Changed',
			'An offline contract on payments by face changed its state',
		],
	]),
	group('Invoice', [
		['FAPIAO.CARD_INSERTED', 'Added to Wallet', "An invoice was put into the user's card wallet"],
		['FAPIAO.ISSUED', 'Issued', 'An electronic invoice was issued'],
		['FAPIAO.REVERSED', 'Reversed', 'An electronic invoice was reversed'],
		['FAPIAO.USER_APPLIED', 'Title Filled In', 'A user filled in the title for an invoice'],
		['FAPIAO.CARD_DISCARDED', 'Voided', 'An invoice in the card wallet was voided'],
	]),
	group('Mall', [
		['MALL_TRANSACTION.SUCCESS', 'Payment Succeeded', 'A member paid in the mall'],
		['MALL_AUTH.ACTIVATE_CARD', 'Points Authorized', 'A member authorized the points service'],
		['MALL_REFUND.SUCCESS', 'Refund Succeeded', "A member's payment in the mall was refunded"],
	]),
	group('Merchant Conduct', [
		['VIOLATION.APPEAL', 'Appealed', 'A merchant appealed against a measure'],
		['VIOLATION.PUNISH', 'Measure Taken', 'A measure was taken against a merchant'],
		['VIOLATION.INTERCEPT', 'Payment Intercepted', 'A payment of a merchant was intercepted'],
	]),
	group('Payment Score', [
		['PAYSCORE.USER_CLOSE_SERVICE', 'Authorization Withdrawn', 'A user withdrew from the service'],
		['PAYSCORE.USER_OPEN_SERVICE', 'Authorized', 'A user authorized the service'],
		['PAYSCORE.USER_ACCEPTED', 'Order Accepted', 'A user accepted an order'],
		['PAYSCORE.USER_CONFIRM', 'Order Confirmed', 'A user confirmed an order'],
		['PAYSCORE.USER_PAID', 'Order Paid', 'An order was paid'],
		['PAYSCORE.USER_SIGN_PLAN', 'Plan Joined', 'A user joined a plan'],
		['PAYSCORE.USER_CANCEL_SIGN_PLAN', 'Plan Left', 'A user left a plan'],
		['PAYSCORE.BIND_SERVICE_ACCOUNT', 'Service Account Bound', 'A service account was bound'],
	]),
	group('Power Bank', [
		[
			'HIRE_POWER_BANK.RECEIVE_INSURANCE',
			'Insurance Changed',
			'An insurance order for the return after a night changed its state',
		],
	]),
	group('Prepaid Discount Card', [
		['DISCOUNT_CARD.AGREEMENT_ENDED', 'Agreement Ended', "A user's agreement ended"],
		['DISCOUNT_CARD.USER_PAID', 'Charge Changed', 'A charge changed its state'],
		['DISCOUNT_CARD.SETTLEMENT', 'Settled', 'A card of the payment-score edition was settled'],
		['DISCOUNT_CARD.USER_ACCEPTED', 'Taken', 'A user took a card'],
		[
			'DISCOUNT_CARD.GET_CARD',
			'Taken (Payment Score)',
			'A user took a card of the payment-score edition',
		],
	]),
	group('Profit Sharing', [
		['PROFITSHARING.RETURN', 'Returned', 'Shared funds were returned'],
		['PROFITSHARING_RETURN', 'Returned', "The same under the name of WeChat Pay's schema"],
		['PROFITSHARING.SUCCESS', 'Shared', 'Funds were shared'],
		['PROFITSHARING', 'Shared', "The same under the name of WeChat Pay's schema"],
	]),
	group('Transfer', [
		[
			'MCHTRANSFER.AUTHORIZATION.CONFIRMED',
			'Automatic Receiving Authorized',
			'A user agreed to receive transfers automatically',
		],
		['MCHTRANSFER.BATCH.CLOSED', 'Batch Closed', 'A batch of transfers was closed'],
		['MCHTRANSFER.BATCH.FINISHED', 'Batch Finished', 'A batch of transfers was completed'],
		['MCHTRANSFER.BILL.FINISHED', 'Finished', 'A transfer ended, paid or not: see resource.state'],
		['MCHTRANSFER.QQWALLETBILL.FINISHED', 'QQ Wallet Finished', 'A transfer to a QQ wallet ended'],
	]),
	group('Vehicle', [
		[
			'VEHICLE.USER_STATE_CHANGE',
			'Contract Changed',
			'The contract of a plate (ETC, parking) changed its state',
		],
		['VEHICLE.ENTRANCE_STATE_CHANGE', 'Parking Changed', 'A vehicle drove in or out'],
	]),
];

function group(name: string, rows: Row[]): EventGroup {
	return {
		name,
		events: rows.map(([type, event, meaning]) => ({ type, name: event, meaning })),
	};
}

/** Stands for every event. */
export const ALL_EVENTS = '*';

/**
 * What an order system listens to, in the order of the form. n8n's panel of nodes lists these, and without a search
 * box: with 'All Events' they are no more than 15.
 */
const EVERYDAY = [
	'TRANSACTION.SUCCESS',
	'REFUND.SUCCESS',
	'REFUND.ABNORMAL',
	'REFUND.CLOSED',
	'MEMBERCARD.ACCEPT_CARD',
	'MEMBERCARD.ACTIVATE_CARD',
	'MEMBERCARD.USERCARD_MANAGE',
	'MCHTRANSFER.BILL.FINISHED',
	'COUPON.SEND',
	'COUPON.USE',
	'MALL_TRANSACTION.SUCCESS',
	'MALL_REFUND.SUCCESS',
	'MALL_AUTH.ACTIVATE_CARD',
	'COMPLAINT.CREATE',
];

/** An event under the name that it has in the form. */
export type LabelledEvent = Omit<NotificationEvent, 'name'> & { label: string };

const labelled = eventGroups.flatMap(({ name: product, events }) =>
	events.map(({ name, ...event }) => ({
		...event,
		label: `${product}${EVERYDAY.includes(event.type) ? '' : ':'} ${name}`,
	})),
);

export const everydayEvents: LabelledEvent[] = EVERYDAY.flatMap((everyday) =>
	labelled.filter(({ type }) => type === everyday),
);

export const otherEvents: LabelledEvent[] = labelled.filter(({ type }) => !EVERYDAY.includes(type));

/**
 * The events that start the workflow, in upper case.
 *
 * @param parameters what the form or an expression gave: a list, a list as JSON text, or names separated by commas,
 *   blanks or line ends, perhaps in quotes
 */
export function chosenEvents(...parameters: unknown[]): string[] {
	const names = parameters
		.flatMap(listOf)
		.flatMap((given) => String(given ?? '').split(/[\s,;，；、"'`“”‘’]+/));
	return names.filter((name) => name !== '').map((name) => name.toUpperCase());
}

function listOf(given: unknown): unknown[] {
	if (Array.isArray(given)) return given;
	const listed: unknown = attempt(() => JSON.parse(String(given)));
	return Array.isArray(listed) ? listed : [given];
}

/** How WeChat Pay spells them. */
const EVENT = /^[A-Z][A-Z\d_]*(\.[A-Z\d_]+)*$/;

/**
 * @param events as `chosenEvents` gives them
 * @throws Error for a name that no notification can ever have
 */
export function checkEvents(events: string[]): void {
	const known = eventGroups.flatMap((one) => one.events.map(({ type }) => type));
	for (const event of events) {
		const isKnown = event === ALL_EVENTS || known.includes(event);
		if (isKnown) continue;
		if (!EVENT.test(event)) {
			throw new Error(
				`'Events', 'Other Events' and 'Events by Name' have ${printable(event)}, which is no event of WeChat Pay: give whole names such as TRANSACTION.SUCCESS, or choose All Events. An expression must have been evaluated.`,
			);
		}
		if (known.some((type) => type.startsWith(`${event}.`))) {
			throw new Error(
				`'Events', 'Other Events' and 'Events by Name' have ${printable(event)}, which is only the beginning of events of WeChat Pay: choose each of them by its whole name.`,
			);
		}
	}
}

/**
 * @param type the `event_type` of a notification
 * @param events as `chosenEvents` gives them
 */
export function matchesEvent(type: string, events: string[]): boolean {
	return events.includes(ALL_EVENTS) || events.includes(type.toUpperCase());
}
