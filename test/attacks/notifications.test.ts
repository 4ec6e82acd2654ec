/**
 * Whatever is posted to the trigger: only a genuine notification starts a workflow, and only once; everybody else gets a
 * status and learns nothing; no secret goes into the log.
 */
import fc from 'fast-check';

import type { N8n } from '../support/engine/webhook.cts';
import { ACTIVATION, notification, post, type Posted } from '../support/fake/notification.cts';
import { openTrigger, started } from '../unit/WechatPayTrigger/scene.cts';
import { deepJson } from './hostileAnswers.cts';
import {
	genuinePacked,
	heavyPosts,
	otherContentTypes,
	signedNonsense,
	strangersPost,
} from './hostilePosts.cts';
import { always, PATIENCE } from './madeUp.cts';
import { secretsOfRun } from './secrets.cts';
import { faultsOf } from './words.cts';

const secrets = secretsOfRun();

let n8n: N8n;

beforeEach(async () => {
	n8n = await openTrigger();
});

afterEach(async () => {
	expect(secrets.in([n8n.log, n8n.database])).toEqual([]);
	for (const { message } of n8n.log)
		expect({ message, faults: faultsOf(message) }).toEqual({ message, faults: [] });
	expect(Object.keys(Object.prototype)).toEqual([]);
	await n8n.stop();
});

/** Who is refused learns the status, and nothing else. */
async function expectRefused(posted: Posted, statuses: number[]): Promise<void> {
	const { status, body } = await post(n8n.url, posted);
	expect(statuses).toContain(status);
	expect(secrets.in(body.toString())).toEqual([]);
	await n8n.settled();
	expect(started(n8n)).toEqual([]);
}

it(
	'strangers start nothing',
	async () => {
		await always(200, strangersPost, async (posted) => {
			// 422 is n8n's own for what is no JSON.
			await expectRefused(posted, [401, 415, 422]);
		});
	},
	PATIENCE,
);

it(
	'nonsense starts nothing, though WeChat Pay signed it',
	async () => {
		await always(150, signedNonsense, async (posted) => {
			await expectRefused(posted, [400, 500]);
		});
	},
	PATIENCE,
);

it.each(heavyPosts)(
	'%s: starts nothing',
	async (_name, posted, statuses) => {
		await expectRefused(posted, statuses);
	},
	PATIENCE,
);

it(
	'what was recorded starts nothing more, in whatever order it is posted again',
	async () => {
		const recorded = Array.from({ length: 5 }, () => notification());
		for (const one of recorded) await post(n8n.url, one);
		await n8n.settled();
		expect(started(n8n)).toHaveLength(5);

		await always(10, fc.array(fc.constantFrom(...recorded), { maxLength: 20 }), async (posts) => {
			const answers = await Promise.all(posts.map(async (one) => await post(n8n.url, one)));
			expect(answers.filter(({ status }) => status !== 204)).toEqual([]);
			await n8n.settled();
			expect(started(n8n)).toHaveLength(5);
		});
	},
	PATIENCE,
);

it('copies that arrive together start one workflow', async () => {
	const one = notification();
	await Promise.all(Array.from({ length: 30 }, async () => await post(n8n.url, one)));
	await n8n.settled();
	expect(started(n8n)).toHaveLength(1);
});

it('a genuine one starts the workflow, also when a proxy packed it', async () => {
	expect((await post(n8n.url, genuinePacked())).status).toBe(204);
	await n8n.settled();
	expect(started(n8n)).toMatchObject([{ resource: ACTIVATION }]);
});

it('a genuine one of any content type starts the workflow', async () => {
	let posts = 0;
	await always(20, otherContentTypes, async (posted) => {
		expect((await post(n8n.url, posted)).status).toBe(204);
		await n8n.settled();
		posts += 1;
		expect(started(n8n)).toHaveLength(posts);
	});
});

it('what is encrypted reaches the workflow as it is, whatever its names', async () => {
	const names = '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"a": 1}}}';
	expect((await post(n8n.url, notification({ resource: names }))).status).toBe(204);
	await n8n.settled();

	const [{ resource }] = started(n8n) as Array<{ resource: object }>;
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	expect(Object.hasOwn(resource, 'constructor')).toBe(true);
});

it('what is nested beyond all sense starts nothing', async () => {
	await expectRefused(notification({ resource: deepJson() }), [400]);
});
