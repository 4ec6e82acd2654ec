import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { attempt } from '../apiv3/attempt';
import { systemClock } from '../client/clock';
import { triggerKey } from './triggerKey';

/** WeChat Pay repeats a notification for up to 24 hours and 4 minutes (docs/protocol.md, Repeated notifications). */
const REPEATED_FOR_MS = 25 * 3600 * 1000;

/** Far more than a shop is sent in that time. */
const MAX_IN_MEMORY = 50_000;

/** n8n writes all static data of a workflow to its database every time. */
const MAX_IN_STATIC_DATA = 300;

/** The ID of a notification and when it started the workflow, in ms since 1970. */
type Start = [id: string, time: number];

/** What this process knows of a trigger, the oldest first. */
interface Memory {
	/** When each notification came, in ms of monotonic time. */
	times: Map<string, number>;
	/** For the static data. */
	latest: Start[];
}

/** By workflow and node. Only verified notifications get here. */
const memories = new Map<string, Memory>();

type Context = Pick<IWebhookFunctions, 'getWorkflow' | 'getNode' | 'getWorkflowStaticData'>;

/**
 * The notifications that have started a workflow. Within one n8n process this is certain; the node's static data
 * carries the latest of them over restarts and to other processes as well as n8n allows, which has no lock.
 */
export class NotificationDeduplicator {
	private readonly memory: Memory;

	private readonly staticData: IDataObject;

	private readonly stored: Start[];

	constructor(context: Context) {
		const trigger = triggerKey(context);
		this.memory = memories.get(trigger) ?? { times: new Map(), latest: [] };
		memories.set(trigger, this.memory);
		this.staticData = context.getWorkflowStaticData('node');
		this.stored = readStarts(this.staticData.started);
	}

	/** Whether the notification has started the workflow before. */
	has(id: string): boolean {
		const [, stored = 0] = this.stored.find(([known]) => known === id) ?? [];
		return isRemembered(this.memory.times.get(id)) || isRecent(stored);
	}

	/** Keeps in mind that the notification starts the workflow now. */
	add(id: string): void {
		const { times, latest } = this.memory;
		// Anew, so that the map stays in the order of time.
		times.delete(id);
		times.set(id, systemClock.monotonic());
		for (const [oldest, time] of times) {
			if (times.size <= MAX_IN_MEMORY && isRemembered(time)) break;
			times.delete(oldest);
		}
		latest.push([id, systemClock.now()]);
		if (latest.length > MAX_IN_STATIC_DATA) latest.shift();
		this.store();
	}

	/** What another call or process wrote is kept, and what it overwrote is put back. */
	private store(): void {
		const known = new Map([...this.stored, ...this.memory.latest]);
		const kept = [...known]
			.map(([id, time]): Start => [id, notLater(time)])
			.filter(([, time]) => isRecent(time))
			.sort(([, one], [, other]) => one - other)
			.slice(-MAX_IN_STATIC_DATA);
		// As text: n8n watches every member of an object, which took longer than all the rest.
		this.staticData.started = JSON.stringify(kept);
	}
}

/** Static data may also have been changed by a user's script. */
function readStarts(text: unknown): Start[] {
	const starts = attempt<unknown>(() => JSON.parse(String(text)));
	if (!Array.isArray(starts)) return [];
	return (starts as Start[]).filter(Array.isArray).map(([id, time]) => [id, notLater(time)]);
}

/** After a clock was set back, what it noted before must neither stay for ever nor take the place of what is new. */
function notLater(time: number): number {
	return Math.min(time, systemClock.now());
}

function isRemembered(monotonicTime = -Infinity): boolean {
	return systemClock.monotonic() - monotonicTime < REPEATED_FOR_MS;
}

function isRecent(time: number): boolean {
	return time > systemClock.now() - REPEATED_FOR_MS;
}
