/**
 * `npm run demo [-- orders.csv]`: the nightly workflow and the next morning's reconciliation against a fake WeChat Pay,
 * without an account.
 */
import path from 'node:path';

import { FakeWechatPay } from '../../support/fake/server.cts';
import { lostReport, OrdersFileError, readOrders, SHIPPED, type DemoOrder } from './orders.cts';
import { agrees, report } from './report.cts';
import { setTheScene } from './scenarios.cts';

async function demo(file: string): Promise<boolean> {
	const { orders, lost } = readOrders(file);
	if (orders.length === 0) throw new OrdersFileError(`${file}${lostReport(lost)}`);
	const wechatPay = await FakeWechatPay.start();
	setTheScene(wechatPay, orders);
	const { runNight, foundAll, reconcile, reconciliationReport } = loadEngine();
	console.log(`Orders:      ${orders.length} from ${path.relative(calledFrom, file)}`);
	console.log(`WeChat Pay:  a fake one, at ${wechatPay.baseUrl}`);
	console.log('Workflow:    examples/commit-bonus-nightly.json in the n8n engine');
	const stopProgress = showProgress(wechatPay, orders);
	const night = await runNight(wechatPay, orders);
	stopProgress();
	if (night.execution.error) throw night.execution.error;
	console.log(report(night, wechatPay));
	if (lost.length > 0) console.log(lostReport(lost));
	const morning = await reconcile(wechatPay, orders);
	console.log(reconciliationReport(morning));
	console.log(
		foundAll(morning) ? 'All that differs was found.' : 'NOT all that differs was found.',
	);
	await wechatPay.stop();
	const [success, failed] = [0, 1].map((output) => night.execution.json('Commit Bonus', output));
	return agrees(success, failed, wechatPay) && foundAll(morning);
}

/** Not before it is needed, for it loads n8n, which takes a second: a file that cannot be used is told at once. */
function loadEngine() {
	return {
		...(require('./nightly.cts') as typeof import('./nightly.cts')),
		...(require('./reconciliation.cts') as typeof import('./reconciliation.cts')),
	};
}

/** @returns how to stop it */
function showProgress(wechatPay: FakeWechatPay, orders: DemoOrder[]): () => void {
	const { isTTY } = process.stdout;
	const started = Date.now();
	const line = () => {
		const { received, accepted } = wechatPay.counts;
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		return `Committing:  ${orders.length} orders, ${received} requests sent, ${accepted} confirmed, ${seconds} s`;
	};
	const write = () => (isTTY ? process.stdout.write(`\r${line()}`) : console.log(line()));
	const timer = setInterval(write, isTTY ? 100 : 1000);
	return () => {
		clearInterval(timer);
		write();
		if (isTTY) console.log();
	};
}

const calledFrom = process.env.CALLED_FROM ?? process.cwd();
const [given] = process.argv.slice(2);

demo(given === undefined ? SHIPPED : path.resolve(calledFrom, given)).then(
	// n8n's engine leaves timers behind.
	(isTrue) => process.exit(isTrue ? 0 : 1),
	(error: unknown) => {
		console.error(error instanceof OrdersFileError ? error.message : error);
		process.exit(1);
	},
);
