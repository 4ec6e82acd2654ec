/** One bill through the node in n8n's engine, in a process of its own; tells its time and memory as JSON. */
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';

import { runOperation, SUCCESS, WECHAT } from '../../support/engine/operation.cts';

// After the host, which sets what n8n-core reads when it is loaded.
import { BinaryDataService } from 'n8n-core';

const MIB = 1024 * 1024;

/** What is asked for, after a small bill that has n8n and the node loaded. */
export interface BillOrder {
	credential: Record<string, string>;
	warmUpDay: string;
	day: string;
	outputAs: 'items' | 'file';
}

export interface BillFootprint {
	seconds: number;
	/** Of the processor, which other work does not lengthen. */
	cpu: number;
	/** Items that left by Success. */
	items: number;
	/** Of the file; 0 for items. */
	bytes: number;
	/** Highest resident memory of the process, in MiB, and what it grew by over the small bill. */
	peak: number;
	growth: number;
	/** Of the JavaScript heap, after collection: the items that n8n keeps, in MiB. */
	kept: number;
}

process.once('message', (order: BillOrder) => {
	void measure(order).then((footprint) => process.send?.(footprint, () => process.exit(0)));
});

async function measure({
	credential,
	warmUpDay,
	day,
	outputAs,
}: BillOrder): Promise<BillFootprint> {
	await storeFiles();
	const get = async (billDate: string) =>
		await runOperation({
			resource: 'bill',
			operation: 'getTradeBill',
			parameters: {
				billDate,
				outputAs,
				...(outputAs === 'file' && { binaryPropertyName: 'data' }),
			},
			credential,
		});
	await get(warmUpDay);
	globalThis.gc?.();
	const before = process.memoryUsage();
	const peak = watchMemory();
	const started = performance.now();
	const cpu = process.cpuUsage();
	const execution = await get(day);
	const seconds = (performance.now() - started) / 1000;
	const { user, system } = process.cpuUsage(cpu);
	const highest = peak();
	globalThis.gc?.();
	const items = execution.items(WECHAT, SUCCESS);
	const footprint = {
		seconds,
		cpu: (user + system) / 1e6,
		items: items.length,
		bytes: Number(items[0]?.binary?.data.bytes ?? 0),
		peak: highest / MIB,
		growth: (highest - before.rss) / MIB,
		kept: (process.memoryUsage().heapUsed - before.heapUsed) / MIB,
	};
	rmSync(String(process.env.N8N_USER_FOLDER), { recursive: true });
	return footprint;
}

/** As n8n does when it starts: files go to its folder. The services are those of n8n-core's own container. */
async function storeFiles(): Promise<void> {
	const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
		Container: { get(service: typeof BinaryDataService): BinaryDataService };
	};
	await Container.get(BinaryDataService).init();
}

/** @returns ends the watch and gives the highest resident memory in bytes */
function watchMemory(): () => number {
	let highest = 0;
	const look = () => (highest = Math.max(highest, process.memoryUsage.rss()));
	const timer = setInterval(look, 10);
	return () => {
		look();
		clearInterval(timer);
		return highest;
	};
}
