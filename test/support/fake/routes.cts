/** Which endpoint answers which method and path. */
import { decryptCode, getActivation } from './memberCard/activation.cts';
import {
	downloadFile,
	getFundFlowBill,
	getSubMerchantFundFlowBill,
	getTradeBill,
} from './trade/bills.cts';
import { commitBonus, prepareBonus } from './memberCard/bonus.cts';
import {
	getAuthorization,
	getPointsCommitStatus,
	notifyParking,
	notifyPoints,
} from './trade/businessCircle.cts';
import type { Answer, Call } from './call.cts';
import { getCallback, setCallback } from './memberCard/callback.cts';
import {
	createCampaign,
	getCampaign,
	listCampaigns,
	terminateCampaign,
} from './memberCard/campaigns.cts';
import {
	createCard,
	deleteCard,
	depositCodes,
	getCard,
	listCards,
	setRights,
	updateCard,
	upgradeCard,
} from './memberCard/cards.cts';
import { listCertificates } from './certificates.cts';
import {
	getCoupon,
	getCouponCallback,
	getStock,
	listCoupons,
	listStocks,
	sendCoupon,
	setCouponCallback,
} from './trade/coupons.cts';
import { createPermissionToken, createQrCode } from './memberCard/distribution.cts';
import { listComplaints } from './trade/complaints.cts';
import { echo } from './echo.cts';
import { documented, type Work } from './rules/endpoint.cts';
import { operation } from './rules/facts.cts';
import { uploadImage } from './memberCard/images.cts';
import { importByOpenid, importByPhone } from './memberCard/imports.cts';
import { getInvitationStatus, importPhone } from './memberCard/invitations.cts';
import {
	activateMember,
	getMember,
	invalidateMember,
	listUserCards,
	setPoints,
	updateMember,
} from './memberCard/members.cts';
import { UPLOAD_PATH } from './rules/multipart.cts';
import { queryOrder, queryPartnerOrder } from './trade/orders.cts';
import { paramError } from './rules/refusal.cts';
import {
	addServiceItem,
	removeServiceItem,
	setServiceData,
	updateServiceItem,
} from './memberCard/serviceItems.cts';
import { closeOrder, createOrder } from './trade/payments.cts';
import { applyAbnormalRefund, createRefund, getRefund } from './trade/refunds.cts';
import {
	cancelTransfer,
	createReceipt,
	createTransfer,
	getReceipt,
	getTransfer,
} from './trade/transfers.cts';

export type Endpoint = (call: Call) => Answer;

/** The operations whose requests are checked against the facts, by id. */
const DOCUMENTED: Record<string, Work> = {
	'card.create': createCard,
	'card.list': listCards,
	'card.get': getCard,
	'card.update': updateCard,
	'card.delete': deleteCard,
	'card.upgrade': upgradeCard,
	'card.setRights': setRights,
	'card.depositCodes': depositCodes,
	'member.get': getMember,
	'member.update': updateMember,
	'member.setPoints': setPoints,
	'member.activate': activateMember,
	'member.invalidate': invalidateMember,
	'member.listByUser': listUserCards,
	'member.importByOpenid': importByOpenid,
	'member.importByPhone': importByPhone,
	'invitation.importPhone': importPhone,
	'invitation.getStatus': getInvitationStatus,
	'distribution.createQrCode': createQrCode,
	'distribution.createPermissionToken': createPermissionToken,
	'activation.decryptCode': decryptCode,
	'activation.getInformation': getActivation,
	'callback.set': setCallback,
	'serviceItem.add': addServiceItem,
	'serviceItem.update': updateServiceItem,
	'serviceItem.remove': removeServiceItem,
	'serviceItem.setUserData': setServiceData,
	'activity.create': createCampaign,
	'activity.list': listCampaigns,
	'activity.get': getCampaign,
	'activity.terminate': terminateCampaign,
	'bill.getTradeBill': getTradeBill,
	'bill.getFundFlowBill': getFundFlowBill,
	'bill.getSubMerchantFundFlowBill': getSubMerchantFundFlowBill,
	'coupon.send': sendCoupon,
	'coupon.listByUser': listCoupons,
	'coupon.get': getCoupon,
	'coupon.getStock': getStock,
	'coupon.listStocks': listStocks,
	'coupon.setCallback': setCouponCallback,
	'coupon.getCallback': getCouponCallback,
	'businesscircle.notifyPoints': notifyPoints,
	'businesscircle.getPointsCommitStatus': getPointsCommitStatus,
	'businesscircle.getAuthorization': getAuthorization,
	'businesscircle.notifyParking': notifyParking,
	'payment.createJsapi': createOrder('jsapi'),
	'payment.partnerCreateJsapi': createOrder('jsapi'),
	'payment.createNative': createOrder('native'),
	'payment.partnerCreateNative': createOrder('native'),
	'payment.createApp': createOrder('app'),
	'payment.partnerCreateApp': createOrder('app'),
	'payment.createH5': createOrder('h5'),
	'payment.partnerCreateH5': createOrder('h5'),
	'order.close': closeOrder,
	'order.partnerClose': closeOrder,
	'refund.create': createRefund,
	'refund.getByOutRefundNo': getRefund,
	'refund.applyAbnormal': applyAbnormalRefund,
	'transfer.create': createTransfer,
	'transfer.cancel': cancelTransfer,
	'transfer.getByOutBillNo': getTransfer,
	'transfer.getByTransferBillNo': getTransfer,
	'transfer.createReceiptByOutBillNo': createReceipt,
	'transfer.createReceiptByTransferBillNo': createReceipt,
	'transfer.getReceiptByOutBillNo': getReceipt,
	'transfer.getReceiptByTransferBillNo': getReceipt,
};

const MEMBER = '/v3/marketing/membercard-open/cards/{card_id}/codes/{code}';
const ORDERS = '/v3/pay/transactions';
const PARTNER_ORDERS = '/v3/pay/partner/transactions';

type Entry = [method: string, template: string, endpoint: Endpoint];

/** The endpoints that have checks of their own. */
const OTHERS: Entry[] = [
	['POST', `${MEMBER}/bonus/prepare`, prepareBonus],
	['POST', `${MEMBER}/bonus/commit`, commitBonus],
	['POST', UPLOAD_PATH, uploadImage],
	['GET', `${ORDERS}/out-trade-no/{out_trade_no}`, queryOrder],
	['GET', `${ORDERS}/id/{transaction_id}`, queryOrder],
	['GET', `${PARTNER_ORDERS}/out-trade-no/{out_trade_no}`, queryPartnerOrder],
	['GET', `${PARTNER_ORDERS}/id/{transaction_id}`, queryPartnerOrder],
	['GET', '/v3/billdownload/file', downloadFile],
	['GET', '/v3/transferdownload/elecvoucherfile', downloadFile],
	['GET', '/v3/transferbilldownload/elecvoucherfile', downloadFile],
	['POST', '/v3/security/echo', echo],
	['GET', '/v3/merchant-service/complaints-v2', listComplaints],
	['GET', '/v3/marketing/membercard-open/callback', getCallback],
	['GET', '/v3/certificates', listCertificates],
];

const ENDPOINTS: Entry[] = [
	...OTHERS,
	...Object.entries(DOCUMENTED).map(([id, work]): Entry => {
		const { method, path } = operation(id);
		return [method, path, documented(id, work)];
	}),
];

const ROUTES = ENDPOINTS.map(([method, template, endpoint]) => ({
	method,
	segments: template.split('/'),
	endpoint,
}));

/** The endpoint and the raw variables of the path; or the status an edge answers with. */
export type Route =
	| { endpoint: Endpoint; rawPath: Record<string, string> }
	| { edgeStatus: 404 | 405 };

/** In: method and raw request target. A template with another method gives 405, none gives 404. */
export function route(method: string, url: string): Route {
	const segments = url.split('?')[0].split('/');
	let edgeStatus: 404 | 405 = 404;
	for (const candidate of ROUTES) {
		const rawPath = variables(candidate.segments, segments);
		if (rawPath && candidate.method === method) return { endpoint: candidate.endpoint, rawPath };
		if (rawPath) edgeStatus = 405;
	}
	return { edgeStatus };
}

/** Each variable percent-decoded once, after the raw segments were told apart. */
export function decodePath(rawPath: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(rawPath).map(([name, raw]) => [name, decodeSegment(name, raw)]),
	);
}

function decodeSegment(name: string, raw: string): string {
	try {
		return decodeURIComponent(raw);
	} catch {
		throw paramError(name, raw, 'is not percent-encoded UTF-8', 'uri');
	}
}

function variables(template: string[], segments: string[]): Record<string, string> | undefined {
	if (template.length !== segments.length) return undefined;
	const found: Record<string, string> = {};
	for (const [index, part] of template.entries()) {
		if (part.startsWith('{')) found[part.slice(1, -1)] = segments[index];
		else if (part !== segments[index]) return undefined;
	}
	return found;
}
