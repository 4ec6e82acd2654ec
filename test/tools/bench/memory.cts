/** One batch in a process of its own; tells its time and memory as JSON. Arguments: number of items, base URL. */
import { runBonus, COMMIT } from '../../support/engine/bonusWorkflow.cts';
import type { Calls } from './contenders.cts';

const MIB = 1024 * 1024;

export interface Footprint {
	seconds: number;
	/** Highest resident memory of the process, in MiB. */
	peak: number;
	/** Before the batch, in MiB. */
	start: number;
	/** Of the JavaScript heap, after collection: the input and output items that n8n keeps, in MiB. */
	kept: number;
	privateKeyParses: number;
	decryptions: number;
}

process.once('message', (calls: Calls) => {
	void batch(calls).then((footprint) => process.send?.(footprint, () => process.exit(0)));
});

async function batch({ credential, out_trade_nos, ...order }: Calls): Promise<Footprint> {
	const counted = countParses(credential);
	const { card_id, code: member_code, bonus_value: points } = order;
	const orders = out_trade_nos.map((order_no) => ({ order_no, card_id, member_code, points }));
	collect();
	const start = process.memoryUsage();
	const started = performance.now();
	const execution = await runBonus({
		orders,
		credential: counted.credential,
		onError: 'continueErrorOutput',
	});
	const seconds = (performance.now() - started) / 1000;
	if (execution.items(COMMIT).length !== orders.length) throw new Error('some were not committed');
	collect();
	return {
		seconds,
		peak: process.resourceUsage().maxRSS / 1024,
		start: start.rss / MIB,
		kept: (process.memoryUsage().heapUsed - start.heapUsed) / MIB,
		privateKeyParses: counted.parses(),
		decryptions: execution.decryptions,
	};
}

/** The private key is parsed from its text, so that reading the text is counted. */
function countParses(credential: Record<string, string>) {
	let parses = 0;
	const decrypted = () =>
		Object.defineProperty({ ...credential }, 'privateKey', {
			enumerable: true,
			get: () => {
				parses += 1;
				return credential.privateKey;
			},
		});
	return { credential: decrypted, parses: () => parses };
}

function collect(): void {
	(globalThis as { gc?: () => void }).gc?.();
}
