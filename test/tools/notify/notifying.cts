/**
 * What `npm run notify` does: it sends test notifications. The keys are those of this repository; nobody must trust them
 * beyond that.
 */
import axios from 'axios';

import { LABEL } from '../../../nodes/apiv3/merchantConfig.ts';
import {
	signTestNotification,
	type TestNotification,
} from '../../../nodes/apiv3/testNotification.ts';
import { eventGroups } from '../../../nodes/WechatPayTrigger/events.ts';
import { CREDENTIAL, MERCHANT, PLATFORM_A, PUBLIC_KEY } from '../../support/fake/keys.cts';
import { newId } from '../../support/fake/notification.cts';
import type { Sending } from './command.cts';
import { NotAsked, readCommand, USAGE } from './command.cts';
import { exampleOfEvent, isKnownInside } from './examples.cts';

/**
 * @param args as on the command line
 * @param output what it says
 * @returns the exit code
 */
export async function notify(args: string[], output: Output): Promise<number> {
	try {
		const command = readCommand(args);
		if (typeof command === 'object') return await sendAll(command, output);
		output.log(TEXTS[command]());
		return 0;
	} catch (error) {
		output.error(error instanceof NotAsked ? `${error.message}\n\n${USAGE}` : error);
		return 1;
	}
}

type Output = Pick<Console, 'log' | 'error'>;

const TEXTS = { usage: () => USAGE, events: listOfEvents, credential: credentialToEnter };

function listOfEvents(): string {
	return eventGroups
		.map(({ name, events }) => {
			const lines = events.map(({ type, meaning }) => `  ${type.padEnd(42)} ${meaning}`);
			return [name, ...lines].join('\n');
		})
		.join('\n\n');
}

function credentialToEnter(): string {
	const fields = [
		'mchid',
		'serialNo',
		'privateKey',
		'publicKeyId',
		'publicKey',
		'apiV3Key',
	] as const;
	const entries = fields.map((field) => `${LABEL[field]}:\n${CREDENTIAL[field].trim()}`);
	return [
		"In n8n, create a credential of type 'WeChat Pay API' with these values and choose it in the trigger.",
		'These keys are public: use the credential for trying things out, never in an active workflow. Its Test cannot',
		'succeed, since WeChat Pay does not know it.',
		'',
		entries.join('\n\n'),
	].join('\n');
}

async function sendAll(sending: Sending, output: Output): Promise<number> {
	const { type, data, times, id = newId() } = sending;
	const { resource = {}, summary, original_type: originalType } = exampleOfEvent(type, data) ?? {};
	const contents = { event: type, id, resource, summary, originalType };
	output.log(`${type} ${id}\n${JSON.stringify(resource, null, 2)}\n`);
	if (!isKnownInside(type)) {
		output.log(`The fields of this event stand on WeChat Pay's page; give them with --data.\n`);
	}
	const answers = await Promise.all(
		Array.from({ length: times }, async () => await send(sending, contents)),
	);
	for (const answer of answers) output.log(answer.line);
	return answers.every(({ isExpected }) => isExpected) ? 0 : 1;
}

/** What a notification is about. */
type Contents = Pick<TestNotification, 'event' | 'id' | 'resource' | 'summary' | 'originalType'>;

async function send({ url, forged }: Sending, contents: Contents) {
	const { headers, body } = signTestNotification({
		...contents,
		apiV3Key: MERCHANT.apiV3Key,
		// A key that the credential does not have, under the name of one that it has.
		privateKey: forged ? PLATFORM_A.privateKey : PUBLIC_KEY.privateKey,
		serial: PUBLIC_KEY.serial,
	});
	const started = Date.now();
	try {
		const { status } = await axios.post(url, body, {
			headers,
			timeout: 10_000,
			maxRedirects: 0,
			validateStatus: () => true,
		});
		return {
			line: `${status} after ${Date.now() - started} ms: ${meaningOf(status, forged)}`,
			isExpected: forged ? status === 401 : status === 204,
		};
	} catch (error) {
		const { code, message } = error as { code?: string; message: string };
		return { line: `No answer (${code ?? message}): is n8n running at ${url}?`, isExpected: false };
	}
}

function meaningOf(status: number, forged: boolean): string {
	if (status === 204) {
		return forged
			? 'taken, and that must not be: please report it.'
			: 'taken. The workflow starts if it listens to this event and has not had this ID before.';
	}
	if (status === 401 && forged) return 'refused, as a forgery must be.';
	return MEANINGS[status] ?? "not a response of the trigger: is it the trigger's URL?";
}

const MEANINGS: Record<number, string> = {
	400: "verified but not understood; n8n's log says why.",
	401: "not verified. Choose the credential of 'npm run notify -- credential' in the trigger; n8n's log says why.",
	404: "nobody listens. Test URL: click 'Execute step' of the trigger first, for each notification. Production URL: activate the workflow.",
	500: "n8n could not use the credential; its log says why. 'npm run notify -- credential' shows the right values.",
};
