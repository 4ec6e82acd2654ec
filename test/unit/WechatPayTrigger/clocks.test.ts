/** The machine's clock is set back by an hour: what was noted before must not silence or blind the trigger. */
import { NotificationDeduplicator } from '../../../nodes/WechatPayTrigger/deduplicator';
import { logRejection } from '../../../nodes/WechatPayTrigger/logRejection';
import { WebhookRejection } from '../../../nodes/WechatPayTrigger/rejection';
import { CertificateStore } from '../../../nodes/apiv3/certificateStore';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;

const at = (now: number) => jest.spyOn(Date, 'now').mockReturnValue(now);

afterEach(() => {
	jest.restoreAllMocks();
});

function contextOf(id: string, staticData: object = {}) {
	const log: string[] = [];
	const warn = (message: string) => log.push(message);
	const context = {
		getWorkflow: () => ({ id }),
		getNode: () => ({ id: 'node', name: 'Trigger' }),
		getWorkflowStaticData: () => staticData,
		logger: { warn, error: warn },
	};
	return { context: context as never, log, staticData };
}

it('a refusal is logged again', () => {
	const { context, log } = contextOf('clock-log');
	const rejection = new WebhookRejection('bad-signature', 'No.');
	at(NOW);
	logRejection(context, rejection);
	logRejection(context, rejection);
	expect(log).toHaveLength(1);
	at(NOW - HOUR);
	logRejection(context, rejection);
	expect(log).toHaveLength(2);
});

it('certificates are asked for again', async () => {
	const store = new CertificateStore();
	let downloads = 0;
	const ask = async () =>
		await store.refreshFor(
			() => true,
			async () => {
				downloads += 1;
				return await Promise.resolve([]);
			},
		);
	at(NOW);
	await ask();
	await ask();
	await ask();
	expect(downloads).toBe(2);
	at(NOW - HOUR);
	expect(store.isFresh).toBe(true);
	await ask();
	expect(downloads).toBe(3);
});

it('a failed download is forgotten after minutes', async () => {
	const store = new CertificateStore();
	at(NOW);
	await store.refresh(async () => await Promise.reject(new Error('down'))).catch(() => undefined);
	expect(store.failedLately).toBe(true);
	at(NOW - HOUR);
	expect(store.failedLately).toBe(false);
});

it('notifications from the future make room for new ones and end in time', () => {
	const future = Array.from({ length: 300 }, (_, index) => [`old-${index}`, NOW + 1000 * HOUR]);
	const { context, staticData } = contextOf('clock-repeats', { started: JSON.stringify(future) });
	at(NOW);
	new NotificationDeduplicator(context).add('new');
	const { started } = staticData as { started: string };
	expect(started).toContain('"new"');
	at(NOW + 26 * HOUR);
	expect(new NotificationDeduplicator(context).has('old-299')).toBe(false);
});
