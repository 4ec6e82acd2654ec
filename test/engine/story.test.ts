/** A shop's first month, operation by operation: what one of them does, the next one sees. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ERROR, runOperation, SUCCESS, WECHAT } from '../support/engine/operation.cts';
import { FakeWechatPay } from '../support/fake/server.cts';
import { PNG } from '../support/fake/rules/upload.cts';

let wechatPay: FakeWechatPay;

beforeAll(async () => {
	wechatPay = await FakeWechatPay.start();
	wechatPay.addPayer('13800138000');
});

afterAll(async () => {
	await wechatPay.stop();
});

let executions = 0;

/** Runs an operation that must succeed, in an execution of its own. @returns the JSON of its items */
async function ask(
	resource: string,
	operation: string,
	parameters: IDataObject,
	items?: INodeExecutionData[],
): Promise<IDataObject[]> {
	executions += 1;
	const execution = await runOperation({
		executionId: String(executions),
		resource,
		operation,
		parameters,
		items,
		credential: wechatPay.credential({ brandId: '1004', appid: 'wxea9c30890f48d5ae' }),
	});
	expect(execution.json(WECHAT, ERROR)).toEqual([]);
	return execution.json(WECHAT, SUCCESS);
}

let logoUrl: IDataObject[string];
let cardId: IDataObject[string];
let code: IDataObject[string];
let activityId: IDataObject[string];

it('uploads a logo', async () => {
	const file = { data: PNG.toString('base64'), mimeType: 'image/png', fileName: 'logo.png' };
	const [{ media_url: url }] = await ask('image', 'upload', { binaryPropertyName: 'data' }, [
		{ json: {}, binary: { data: file } },
	]);
	logoUrl = url;
	expect(wechatPay.images).toMatchObject([{ media_url: url }]);
});

it('creates a card with it, and finds it in the list', async () => {
	const [created] = await ask('card', 'create', {
		logoUrl,
		displayName: '微信支付',
		title: '金卡',
		backgroundPictureUrl: logoUrl,
		description: '示例使用须知',
		codeType: 'QRCODE',
		type: 'PERMANENT',
		codeMode: 'SYSTEM_ALLOCATE',
		additionalFields: { needDisplayLevel: true, initLevel: '白银' },
	});
	cardId = created.card_id;
	expect(created).toMatchObject({ success: true, title: '金卡', brand: { brand_id: '1004' } });
	expect(await ask('card', 'getMany', { returnAll: true })).toMatchObject([{ card_id: cardId }]);
});

it('renames it, turns on points, and makes a QR code for it', async () => {
	await ask('card', 'update', { cardId, updateFields: { title: '铂金卡' } });
	await ask('card', 'setBenefits', {
		cardId,
		showBonus: true,
		showFavor: false,
		bonus: {
			value: {
				initBonus: 0,
				bonusValueWord: '我的积分',
				bonusCostTitle: '积分兑换',
				bonusCostWord: '100积分=1元',
			},
		},
	});
	expect(await ask('card', 'get', { cardId })).toMatchObject([{ title: '铂金卡' }]);
	const [{ url }] = await ask('distribution', 'createQrCode', {
		cardId,
		activateType: 'AUTO_ACTIVATE',
	});
	expect(url).toMatch(/^https:/);
});

it('imports a member, and reads the card by the code it got', async () => {
	const [imported] = await ask('member', 'importByOpenid', { cardId, openid: 'o-first' });
	code = imported.code;
	expect(await ask('member', 'get', { cardId, code })).toMatchObject([
		{ code, openid: 'o-first', user_card_status: 'EFFECTIVE' },
	]);
	expect(await ask('member', 'getMany', { openid: 'o-first' })).toMatchObject([
		{ card_id: cardId, code },
	]);
});

it('gives points and a balance, which are seen', async () => {
	await ask('member', 'setPoints', { cardId, code, mode: 'addOrSubtract', points: 30 });
	await ask('member', 'setPoints', { cardId, code, mode: 'addOrSubtract', points: 12 });
	await ask('member', 'update', {
		cardId,
		code,
		updateFields: {
			level: '黄金',
			balanceInformation: { value: { beforeBalance: 0, balance: 10000, addBalance: 10000 } },
		},
	});
	expect(await ask('member', 'get', { cardId, code })).toMatchObject([
		{ bonus_value: 42, balance: 10000, level: '黄金' },
	]);
});

it('prepares and commits the points of a paid order', async () => {
	wechatPay.addOrder({ out_trade_no: 'order-1' });
	expect(await ask('order', 'get', { outTradeNo: 'order-1' })).toMatchObject([
		{ trade_state: 'SUCCESS' },
	]);
	const bonus = { cardId, code, outTradeNo: 'order-1', bonusValue: 30 };
	await ask('bonus', 'prepare', bonus);
	await ask('bonus', 'commit', bonus);
	expect(wechatPay.bonus('order-1')).toMatchObject({ committed: 30 });
});

it('reminds somebody by phone', async () => {
	const phone = { cardId, encryptedPhoneNumber: '13800138000' };
	await ask('invitation', 'create', { ...phone, registrationTime: '2026-01-01T00:00:00' });
	expect(await ask('invitation', 'getStatus', phone)).toMatchObject([
		{ receive_status: 'UNRECEIVED' },
	]);
});

it('runs a campaign, and ends it', async () => {
	const begin = new Date();
	const end = new Date(begin.getTime() + 10 * 24 * 3600 * 1000);
	const [created] = await ask('campaign', 'create', {
		cardId,
		activityName: '示例活动',
		activityType: 'MEMBER_AFTERPAY',
		beginTime: begin.toISOString(),
		endTime: end.toISOString(),
		payActivitySetting: { value: { logoUrl, activitySecondTitle: '示例副标题' } },
	});
	activityId = created.activity_id;
	const listed = await ask('campaign', 'getMany', { activityType: 'MEMBER_AFTERPAY' });
	expect(listed).toMatchObject([{ activity_id: activityId }]);
	await ask('campaign', 'terminate', { activityId });
	expect(await ask('campaign', 'get', { activityId })).toMatchObject([
		{ activity_status: 'TERMINATED' },
	]);
});

it('says where notifications go', async () => {
	await ask('callback', 'set', { notifyUrl: 'https://shop.example/webhook' });
	expect(await ask('callback', 'get', {})).toMatchObject([
		{ notify_url: 'https://shop.example/webhook' },
	]);
});

it('takes the member and the card away again', async () => {
	await ask('member', 'invalidate', { cardId, code, reason: '示例理由' });
	expect(await ask('member', 'get', { cardId, code })).toMatchObject([
		{ user_card_status: 'UNAVAILABLE' },
	]);
	expect(await ask('card', 'delete', { cardId })).toMatchObject([
		{ deleted: true, card_id: cardId },
	]);
	const gone = await runOperation({
		resource: 'card',
		operation: 'get',
		parameters: { cardId: String(cardId) },
		credential: wechatPay.credential(),
	});
	expect(gone.json(WECHAT, ERROR)).toMatchObject([{ error: { outcome: 'refused' } }]);
});
