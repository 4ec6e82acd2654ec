/** What the editor says beside the trigger before anything has arrived. */
import { WechatPayTrigger } from '../../../nodes/WechatPayTrigger/WechatPayTrigger.node';
import { publicUrl } from '../../../nodes/WechatPayMemberCard/operations/callback/fields';
import { readJson, readText } from '../../support/files.cts';

const { hints = [], triggerPanel } = new WechatPayTrigger().description;

const { executionsHelp, activationHint } = triggerPanel as {
	executionsHelp: { active: string; inactive: string };
	activationHint: { active: string; inactive: string };
};

const COMMAND = /npm run (\w+) -- &lt;Test URL&gt; ([A-Z.]+)/;

it('says before activation where WeChat Pay gets the URL from', () => {
	expect(executionsHelp.inactive).toMatch(/notify_url.*'Callback: Set'/);
	expect(activationHint.inactive).toMatch(/notify_url.*'Callback: Set'/);
	expect(hints[0].message).toMatch(/notify_url.*'Callback: Set'/);
});

it.each([
	['the panel', executionsHelp.inactive],
	['the panel of an active workflow', executionsHelp.active],
	['the output while it listens', hints[0].message],
])('tells in %s how to send a test notification, as the documentation does', (_, text) => {
	const [, script, event] = COMMAND.exec(text) ?? [];
	expect(readJson<{ scripts: object }>('package.json').scripts).toHaveProperty(script);
	expect(readText('docs/trigger.md')).toContain(`npm run ${script} -- <URL> ${event}`);
});

it.each(['inactive', 'active'] as const)(
	'calls out of reach (%s) what activation with a URL refuses',
	(state) => {
		const text = executionsHelp[state];
		for (const url of ['http://shop.example', 'https://localhost', 'https://10.0.0.1']) {
			expect(publicUrl.regex.test(`${url}/webhook/a`)).toBe(false);
		}
		expect(text).toMatch(/http, localhost or a private address \(10…, 172\.16…, 192\.168…\)/);
		expect(text).toContain('WEBHOOK_URL');
		expect(activationHint[state]).toContain('neither http nor localhost nor private addresses');
	},
);

it('shows its hint beside the listening panel, and no longer once something arrived', () => {
	expect(hints).toMatchObject([{ location: 'outputPane', whenToDisplay: 'beforeExecution' }]);
});

it("has no expressions, which n8n's panel would show as they are", () => {
	const texts = [...Object.values(executionsHelp), ...Object.values(activationHint)];
	for (const text of texts) expect(text).not.toContain('{{');
});
