/** The node beside others where WeChat Pay is far away, so that connections cost what they cost in life. */
import tls from 'node:tls';

import Table from 'cli-table3';

import { startChild } from '../../support/child.cts';
import { startInChild } from '../../support/fake/child.cts';
import type { Contender } from './contenders.cts';
import { bareHelper, node, nodeByDefault, oneAtATime, plainAxios, plugin } from './contenders.cts';
import type { Sample } from './measure.cts';
import { callsTo, inRounds } from './rounds.cts';

const BY_DEFAULT = 'this node, default options';
const HELPER = "n8n's bare helper, signed before";
const PLUGIN = 'wechatpay-axios-plugin, keep-alive';
const contenders: Record<string, Contender> = {
	[BY_DEFAULT]: nodeByDefault,
	'this node': node,
	[HELPER]: bareHelper,
	[PLUGIN]: plugin,
	'plain axios, keep-alive, signed before': plainAxios,
};
/** It takes ten times as long as the others, so that a tenth of the requests has to do. */
const slow: Record<string, Contender> = { "one at a time, as n8n's nodes do": oneAtATime };

const AT_ONCE = 10;
const SERVER_MS = 40;
const ROUND_TRIPS = [0, 30, 80];
/** The plugin does hardly more than wait: with less than this part of what that leaves, the CPU is what limits. */
const WITH_FREE_CPU = 0.9;
const VERSIONS: tls.SecureVersion[] = ['TLSv1.2', 'TLSv1.3'];

/** Measures all round trips and TLS versions. @returns the lines on what was wanted */
export async function network(isQuick: boolean): Promise<string[]> {
	const lines: string[] = [];
	for (const roundTrip of ROUND_TRIPS) {
		for (const version of VERSIONS) {
			const results = await measured(roundTrip, version, isQuick);
			print(roundTrip, version, results);
			lines.push(...wanted(roundTrip, version, results));
		}
	}
	return lines;
}

async function measured(
	roundTrip: number,
	version: tls.SecureVersion,
	isQuick: boolean,
): Promise<Record<string, Sample>> {
	const delay = roundTrip === 0 ? 0 : SERVER_MS;
	const fake = await startInChild({ delay, record: false });
	const relay = await startChild<{ port: number }>('../tools/bench/relay.cts', [
		new URL(fake.baseUrl).port,
		String(roundTrip),
	]);
	const far = new URL(fake.baseUrl);
	far.port = String(relay.ready.port);
	const usual = tls.DEFAULT_MAX_VERSION;
	tls.DEFAULT_MAX_VERSION = version;
	try {
		const [rounds, count] = isQuick ? [1, 50] : [3, 1000];
		const callsFor = callsTo(fake, far.origin);
		return {
			...(await inRounds(rounds, count, AT_ONCE, contenders, callsFor)),
			...(await inRounds(rounds, count / 10, 1, slow, callsFor)),
		};
	} finally {
		tls.DEFAULT_MAX_VERSION = usual;
		await relay.stop();
		await fake.stop();
	}
}

function print(roundTrip: number, version: string, results: Record<string, Sample>): void {
	const table = new Table({
		style: { head: [], border: [] },
		head: ['', 'requests/s', 'CPU ms/item', 'of the plugin', 'CPU of bare helper'],
	});
	for (const [name, { rate, cpu }] of Object.entries(results)) {
		const ratios = [rate / results[PLUGIN].rate, cpu / results[HELPER].cpu];
		table.push([name, rate.toFixed(0), cpu.toFixed(2), ...ratios.map((one) => one.toFixed(2))]);
	}
	const server = roundTrip === 0 ? 0 : SERVER_MS;
	console.log(
		`Round trip ${roundTrip} ms, server ${server} ms, ${version}, ${AT_ONCE} at once\n${table.toString()}\n`,
	);
}

function wanted(roundTrip: number, version: string, results: Record<string, Sample>): string[] {
	const { [BY_DEFAULT]: byDefault, [PLUGIN]: other, [HELPER]: helper } = results;
	if (roundTrip === 0) {
		const ratio = byDefault.cpu / helper.cpu;
		return [
			`  ${ratio <= 1.2 ? 'reached' : 'MISSED '}  CPU per item, of the bare helper's, ${version}: ${ratio.toFixed(2)} (wanted at most 1.20)`,
		];
	}
	if (roundTrip !== 30) return [];
	const ratio = byDefault.rate / other.rate;
	const possible = (AT_ONCE * 1000) / (roundTrip + SERVER_MS);
	if (other.rate < WITH_FREE_CPU * possible) {
		return [
			`  not judged, for the CPU was busy: times the plugin's rate at a round trip of 30 ms, ${version}: ${ratio.toFixed(2)} (the plugin made ${other.rate.toFixed(0)} of ${possible.toFixed(0)} requests/s)`,
		];
	}
	return [
		`  ${ratio >= 1 ? 'reached' : 'MISSED '}  times the plugin's rate at a round trip of 30 ms, ${version}: ${ratio.toFixed(2)} (wanted 1.00)`,
	];
}
