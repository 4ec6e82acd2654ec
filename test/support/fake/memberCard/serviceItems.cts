/** Service items on a card and the members' data in them: serviceItem.* of test/support/facts/membercard-api.json. */
import type { Call } from '../call.cts';
import type { Card } from './cards.cts';
import type { Asked } from '../rules/endpoint.cts';
import { findCard, findValidMember } from '../rules/found.cts';
import { invalidRequest, paramError } from '../rules/refusal.cts';

/** A template of WeChat Pay's for service items. */
export interface ServiceModule {
	service_module_id: string;
	/** The brand may use it. */
	permitted: boolean;
	states: string[];
	/** The fields of its content. */
	fields: string[];
	/** The fields of each message template, by message_template_id. */
	messageTemplates: Record<string, string[]>;
}

interface FieldValue {
	field_id: string;
	field_value: string;
}

/** The service item of the documented examples. */
export function usualServiceModules(): Map<string, ServiceModule> {
	const usual: ServiceModule = {
		service_module_id: '666',
		permitted: true,
		states: ['CHECKED_IN'],
		fields: ['hotel_name'],
		messageTemplates: { '9bJgRNz9XG248XZ-a0nDKH3Vt_vaTp32fRP1LWvxjzI': ['hotel_name'] },
	};
	return new Map([[usual.service_module_id, usual]]);
}

/** POST /cards/{card_id}/service-modules */
export function addServiceItem(call: Call, asked: Asked): object {
	const { card_id, service_module_id: id, jump_miniprogram } = asked;
	const card = findCard(call, card_id);
	if (!findModule(call, id).permitted) throw invalidRequest('当前品牌id无该会员服务项的使用权限');
	if (Object.hasOwn(card.serviceItems, id)) throw invalidRequest('会员卡已添加该会员服务项');
	return setTarget(card, id, jump_miniprogram);
}

/** PATCH /cards/{card_id}/service-modules/{service_module_id} */
export function updateServiceItem(call: Call, asked: Asked): object {
	const { service_module_id: id, jump_miniprogram } = asked;
	return setTarget(findCardWithItem(call, asked), id, jump_miniprogram);
}

/** DELETE /cards/{card_id}/service-modules/{service_module_id} */
export function removeServiceItem(call: Call, asked: Asked): void {
	delete findCardWithItem(call, asked).serviceItems[asked.service_module_id];
}

/** POST …/codes/{code}/set-service-module-data: what the member sees, and perhaps a message. */
export function setServiceData(call: Call, asked: Asked): void {
	const { card_id, code, out_request_no: _, ...data } = asked;
	findCardWithItem(call, asked);
	const member = findValidMember(call, card_id, code);
	const module = findModule(call, data.service_module_id);
	const { message_template_setting: message } = data.state_setting;
	checkContent(module, data.state_setting);
	if (message) checkMessage(module, message);
	member.serviceData.push(data);
}

function findModule({ state }: Call, id: string): ServiceModule {
	const module = state.serviceModules.get(id);
	if (!module) throw invalidRequest('该会员服务项id不存在');
	return module;
}

function findCardWithItem(call: Call, { card_id, service_module_id: id }: Asked): Card {
	const card = findCard(call, card_id);
	findModule(call, id);
	if (Object.hasOwn(card.serviceItems, id)) return card;
	throw invalidRequest('会员卡暂未添加该会员服务项，无法设置用户服务信息');
}

function setTarget(card: Card, id: string, jump_miniprogram: object): object {
	card.serviceItems[id] = jump_miniprogram;
	return { card_id: card.card_id, service_module_id: id, jump_miniprogram };
}

function checkContent({ states, fields }: ServiceModule, state: Asked): void {
	if (!states.includes(state.state_id)) throw invalidRequest('该服务状态不在会员服务项模板中');
	const values = (state.content_template_data.field_list ?? []) as FieldValue[];
	if (values.some(({ field_id: id }) => !fields.includes(id))) {
		throw invalidRequest('内容字段不在当前会员服务项模板中');
	}
}

function checkMessage({ messageTemplates }: ServiceModule, message: Asked): void {
	const fields = messageTemplates[message.message_template_id] as string[] | undefined;
	if (!fields) throw invalidRequest('消息模板id错误');
	const sent = (message.field_list as FieldValue[]).map(({ field_id: id }) => id);
	if (fields.some((field) => !sent.includes(field))) {
		throw invalidRequest('消息模板字段值部分为空');
	}
	const extra = sent.find((id) => !fields.includes(id));
	if (extra === undefined) return;
	const name = 'state_setting/message_template_setting/field_list';
	throw paramError(name, extra, 'is not in the template', 'body', '设置会员服务参数错误');
}
