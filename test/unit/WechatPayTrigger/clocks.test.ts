/** The machine's clock is set: what was noted before must not silence or blind the trigger, nor be forgotten. */
import { NotificationDeduplicator } from '../../../nodes/WechatPayTrigger/deduplicator';
import { logRejection } from '../../../nodes/WechatPayTrigger/logRejection';
import { WebhookRejection } from '../../../nodes/WechatPayTrigger/rejection';
import { CertificateStore } from '../../../nodes/apiv3/certificateStore';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Jumps of the wall clock, in ms; time passes as before. */
const JUMPS = [1000, 60_000, HOUR, 24 * HOUR].flatMap((ms) => [ms, -ms]);

let wall = NOW;
let passed = 0;

/** Lets time pass. */
function pass(ms: number): void {
	wall += ms;
	passed += ms;
}

beforeEach(() => {
	jest.spyOn(Date, 'now').mockImplementation(() => wall);
	jest.spyOn(performance, 'now').mockImplementation(() => passed);
});

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

it.each(JUMPS)('a refusal is logged again in time after a jump of %d ms', (jump) => {
	const { context, log } = contextOf(`clock-log ${jump}`);
	const rejection = new WebhookRejection('bad-signature', 'No.');
	logRejection(context, rejection);
	wall += jump;
	logRejection(context, rejection);
	expect(log).toHaveLength(1);
	pass(5 * MINUTE);
	logRejection(context, rejection);
	expect(log).toHaveLength(2);
});

it.each(JUMPS)('certificates are asked for again in time after a jump of %d ms', async (jump) => {
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
	await ask();
	await ask();
	wall += jump;
	await ask();
	expect(downloads).toBe(2);
	expect(store.isFresh).toBe(true);
	pass(5 * MINUTE);
	await ask();
	expect(downloads).toBe(3);
});

it.each(JUMPS)('a failed download is forgotten in time after a jump of %d ms', async (jump) => {
	const store = new CertificateStore();
	await store.refresh(async () => await Promise.reject(new Error('down'))).catch(() => undefined);
	wall += jump;
	expect(store.failedLately).toBe(true);
	pass(5 * MINUTE);
	expect(store.failedLately).toBe(false);
});

it.each(JUMPS)('a notification is known after a jump of %d ms, for 25 hours', (jump) => {
	const { context } = contextOf(`clock-known ${jump}`);
	new NotificationDeduplicator(context).add('one');
	pass(24 * HOUR);
	wall += jump;
	const { context: later } = contextOf(`clock-known ${jump}`);
	expect(new NotificationDeduplicator(later).has('one')).toBe(true);
	pass(HOUR);
	expect(new NotificationDeduplicator(later).has('one')).toBe(false);
});

it('notifications from the future make room for new ones and end in time', () => {
	const future = Array.from({ length: 300 }, (_, index) => [`old-${index}`, NOW + 1000 * HOUR]);
	const { context, staticData } = contextOf('clock-repeats', { started: JSON.stringify(future) });
	wall = NOW;
	new NotificationDeduplicator(context).add('new');
	const { started } = staticData as { started: string };
	expect(started).toContain('"new"');
	pass(26 * HOUR);
	expect(new NotificationDeduplicator(context).has('old-299')).toBe(false);
});
