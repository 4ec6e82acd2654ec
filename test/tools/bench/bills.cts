/** How fast a bill of 100,000 rows is read, and how much memory its rows take. */
import { StatementReader } from '../../../nodes/client/statement/statementReader';
import type { StatementShape } from '../../../nodes/client/types';
import { tradeBillFile } from '../../../nodes/WechatPay/operations/bill/tradeBillFile';
import { tradeStatement, USUAL_STYLE } from '../../support/fake/statements.cts';
import { completeTrade } from '../../support/fake/trades.cts';

const ROWS = 100_000;
const CHUNK = 64 * 1024;

/** Reads the rows alone, without n8n and without a network. @returns seconds and MiB of the heap */
export function readRows(): { seconds: number; heap: number } {
	const one = completeTrade({ time: 1_795_000_000, attach: 'x'.repeat(40) });
	const file = tradeStatement(
		Array.from({ length: ROWS }, () => one),
		'ALL',
		USUAL_STYLE,
	);
	const before = process.memoryUsage().heapUsed;
	const started = performance.now();
	const reader = new StatementReader(tradeBillFile.statement as StatementShape);
	for (let at = 0; at < file.length; at += CHUNK) reader.write(file.subarray(at, at + CHUNK));
	const { rows } = reader.end();
	if (rows.length !== ROWS) throw new Error(`${rows.length} rows`);
	return {
		seconds: (performance.now() - started) / 1000,
		heap: (process.memoryUsage().heapUsed - before) / 1024 / 1024,
	};
}
