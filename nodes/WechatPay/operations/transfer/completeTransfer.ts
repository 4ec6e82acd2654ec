import type { BuildBodyInput } from '../../../action/spec';
import { ValidationError } from '../../../action/spec';
import { otherPerception, otherReports, perceptionName } from './sceneFields';
import type { Scene } from './scenes';
import { OTHER_SCENE, SCENES } from './scenes';

/** 0.3元以下不允许输入姓名校验 */
const MIN_FEN_WITH_NAME = 30;
const MIN_FEN_NEEDING_NAME = 200_000;
const MAX_RED_PACKET_FEN = 20_000;

interface ReportInfo {
	info_type: string;
	info_content: string;
}

/**
 * Makes the scene's part of the body, and refuses what WeChat Pay would refuse: money never waits for a rule that is
 * known beforehand.
 *
 * @throws ValidationError
 */
export function completeTransfer({ form, body }: BuildBodyInput): Record<string, unknown> {
	checkName(body);
	const part = sceneOf(form, body);
	const scene = SCENES.find(({ id }) => id === part.transfer_scene_id);
	if (scene) {
		checkReports(scene, part.transfer_scene_report_infos as ReportInfo[]);
		checkPerception(scene, part.user_recv_perception);
	}
	checkStyle(body, scene);
	return part;
}

function checkName({ user_name: name, transfer_amount: fen }: Record<string, unknown>): void {
	const amount = fen as number;
	if (name !== undefined && amount < MIN_FEN_WITH_NAME) {
		throw new ValidationError(
			`'User Name' must be empty below ${MIN_FEN_WITH_NAME} fen, where WeChat Pay checks no name; the amount is ${amount} fen`,
			'user_name',
		);
	}
	if (name === undefined && amount >= MIN_FEN_NEEDING_NAME) {
		throw new ValidationError(
			"'User Name' is empty: WeChat Pay wants the real name of the user from 200,000 fen (2,000 yuan) on",
			'user_name',
		);
	}
}

function sceneOf(form: Record<string, unknown>, body: Record<string, unknown>) {
	const { transfer_scene_id: chosen } = body;
	const scene = SCENES.find(({ id }) => id === chosen);
	if (chosen === OTHER_SCENE || !scene) {
		const { user_recv_perception, transfer_scene_report_infos } = body;
		return withoutAbsent({
			transfer_scene_id: form.scene_id,
			user_recv_perception,
			transfer_scene_report_infos,
		});
	}
	return withoutAbsent({
		transfer_scene_id: scene.id,
		user_recv_perception: form[perceptionName(scene.id)],
		transfer_scene_report_infos: scene.reports.map(({ name, text }) => ({
			info_type: text,
			info_content: form[name],
		})),
	});
}

function withoutAbsent(values: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** 未传入完整且对应的转账场景报备信息 */
function checkReports({ id, reports }: Scene, infos: ReportInfo[]): void {
	const wanted = reports.map(({ text }) => text);
	const given = infos.map(({ info_type: text }) => text);
	const missing = wanted.filter((text) => !given.includes(text));
	const foreign = given.filter((text, at) => !wanted.includes(text) || given.indexOf(text) !== at);
	if (missing.length === 0 && foreign.length === 0) return;
	const faults = [
		missing.length > 0 ? `lacks ${missing.join(', ')}` : '',
		foreign.length > 0
			? `has ${foreign.join(', ')}, which is not of that scene or there twice`
			: '',
	].filter(Boolean);
	throw new ValidationError(
		`'Scene Report' of scene ${id} ${faults.join(' and ')}: give ${wanted.join(', ')}, once each`,
		otherReports.wireName,
	);
}

/** 暂不支持展示当前传入的用户收款感知 */
function checkPerception({ id, perceptions }: Scene, given: unknown): void {
	const texts = perceptions.map(([, text]) => text);
	if (given === undefined || texts.includes(String(given))) return;
	throw new ValidationError(
		`'Reason Shown' must be one of ${texts.join(', ')} in scene ${id}, or empty`,
		otherPerception.wireName,
	);
}

function checkStyle(
	{ user_recv_style: style, transfer_amount: fen }: Record<string, unknown>,
	scene?: Scene,
): void {
	if ((style as { type?: unknown } | undefined)?.type !== 'RED_PACKET') return;
	if (scene && !scene.redPacket) {
		throw new ValidationError(
			`'Style' cannot be Red Packet in scene ${scene.id}: choose Confirm Page`,
			'user_recv_style.type',
		);
	}
	if ((fen as number) <= MAX_RED_PACKET_FEN) return;
	throw new ValidationError(
		"'Style' cannot be Red Packet above 20,000 fen (200 yuan): choose Confirm Page",
		'user_recv_style.type',
	);
}
