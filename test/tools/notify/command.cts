/** What `npm run notify` was asked for. */
import { parseArgs } from 'node:util';

import { eventTypes } from './examples.cts';

export const USAGE = `Sends notifications as WeChat Pay does, encrypted and signed, to a WeChat Pay Trigger in your n8n.

  npm run notify -- credential                  the credential to enter in n8n for that
  npm run notify -- events                      what can be sent
  npm run notify -- <URL> <EVENT> [options]     sends it, e.g.
  npm run notify -- http://localhost:5678/webhook-test/…/notification TRANSACTION.SUCCESS

  --data '{"out_trade_no":"A1"}'   other fields in its data
  --id EV-1                        the ID, to send the same notification again
  --times 3                        so many copies at once
  --forged                         with a signature that does not fit`;

/** A wish that can't be fulfilled; its message says how to put it. */
export class NotAsked extends Error {}

/** A notification to be sent. */
export interface Sending {
	url: string;
	type: string;
	/** Fields in place of those of the example. */
	data: Record<string, unknown>;
	id?: string;
	/** How many copies. */
	times: number;
	forged: boolean;
}

export type Command = Sending | 'usage' | 'credential' | 'events';

/** @throws NotAsked for what can't be understood */
export function readCommand(args: string[]): Command {
	const { values, positionals } = parsed(args);
	const [first, ...rest] = positionals;
	if (first === undefined) return 'usage';
	if (first === 'credential' || first === 'events') return first;
	const url = positionals.find((one) => /^https?:\/\//.test(one));
	if (url === undefined)
		throw new NotAsked(`'${first}' is no URL: give the one that the trigger shows.`);
	const type = [first, ...rest].find((one) => one !== url)?.toUpperCase();
	if (type === undefined) throw new NotAsked('Give the event as well, e.g. TRANSACTION.SUCCESS.');
	if (!eventTypes.includes(type)) {
		throw new NotAsked(`'${type}' is no event of WeChat Pay: npm run notify -- events lists them.`);
	}
	return { url, type, data: readData(values.data), id: values.id, ...readSending(values) };
}

function parsed(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				data: { type: 'string' },
				id: { type: 'string' },
				times: { type: 'string' },
				forged: { type: 'boolean' },
			},
		});
	} catch (error) {
		throw new NotAsked((error as Error).message);
	}
}

function readData(text = '{}'): Record<string, unknown> {
	let data: unknown;
	try {
		data = JSON.parse(text);
	} catch {
		data = undefined;
	}
	if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
		return data as Record<string, unknown>;
	}
	throw new NotAsked(`--data must be a JSON object in single quotes, it was: ${text}`);
}

function readSending({ times = '1', forged = false }: { times?: string; forged?: boolean }) {
	if (/^[1-9]\d{0,3}$/.test(times)) return { times: Number(times), forged };
	throw new NotAsked(`--times must be a whole number from 1 to 9999, it was: ${times}`);
}
