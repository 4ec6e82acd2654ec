/** Debian's Chromium on n8n's editor, signed in as its owner. */
import { existsSync } from 'node:fs';
import path from 'node:path';

import { chromium as playwright, selectors, type Browser, type Page } from 'playwright-core';

import { chromium, debian } from '../machine.cts';
import { OWNER } from '../n8n.cts';
import { REPORT } from '../report.cts';

export type Theme = 'light' | 'dark';

/** Of a small laptop's browser, in pixels. */
export const WINDOW_HEIGHT = 900;

/** Other runs may have the machine's cores. */
const PATIENCE = 30_000;

/** n8n's passing messages lie over what a picture is to show; the other is an empty box of each expression, in a corner. */
const HIDDEN = '.el-notification, #cm-tooltip-container > :empty { visibility: hidden }';

export class Editor {
	/** What the editor's own code threw. */
	readonly pageErrors: string[] = [];

	private theme: Theme = 'light';

	private constructor(
		private readonly url: string,
		private readonly browser: Browser,
		readonly page: Page,
	) {
		page.on('pageerror', ({ message }) => this.pageErrors.push(message.slice(0, 300)));
		page.on('dialog', (dialog) => void dialog.accept());
	}

	static async open(url: string): Promise<Editor> {
		await chineseFont();
		selectors.setTestIdAttribute('data-test-id');
		const browser = await playwright.launch({
			executablePath: await chromium(),
			args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
		});
		const context = await browser.newContext({ viewport: { width: 1440, height: WINDOW_HEIGHT } });
		await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
		// What n8n fetches from the internet would be waited for.
		await context.route(isElsewhere, async (route) => await route.abort());
		const editor = new Editor(url, browser, await context.newPage());
		await editor.signIn();
		return editor;
	}

	private async signIn(): Promise<void> {
		const { page } = this;
		page.setDefaultTimeout(PATIENCE);
		await this.closeTips();
		await page.goto(`${this.url}/signin`, { waitUntil: 'domcontentloaded' });
		await page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await page.locator('input[name="password"]').fill(OWNER.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/home|workflow/);
	}

	/** n8n's own hints for newcomers lie over the buttons. */
	private async closeTips(): Promise<void> {
		const tip = this.page.getByRole('button', { name: 'Got it' });
		await this.page.addLocatorHandler(tip, async () => await tip.click());
	}

	/** Loads a workflow, or a new one, in a theme. */
	async goTo(workflow: string, theme: Theme = this.theme): Promise<void> {
		const { page } = this;
		this.theme = theme;
		await page.evaluate(`localStorage.setItem('N8N_THEME', '${theme}')`);
		await page.goto(`${this.url}/workflow/${workflow}`, { waitUntil: 'domcontentloaded' });
		const first = workflow === 'new' ? 'canvas-add-button' : 'canvas-node';
		await page.getByTestId(first).first().waitFor();
	}

	/** Lets the page do what it has put off for up to 200 ms, however slow it is: its timers keep their order. */
	async rest(): Promise<void> {
		await this.page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
	}

	/** Keeps a picture of what the window shows, as `light-<name>.png` or `dark-<name>.png`. */
	async picture(name: string): Promise<void> {
		const file = path.join(REPORT, 'screenshots', `${this.theme}-${name}.png`);
		await this.page.screenshot({ path: file, animations: 'disabled', style: HIDDEN });
	}

	/** Puts a text into the clipboard, as copying it from a file does. */
	async copy(text: string): Promise<void> {
		await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

function isElsewhere({ protocol, hostname }: URL): boolean {
	return protocol.startsWith('http') && !['127.0.0.1', 'localhost'].includes(hostname);
}

/** WeChat Pay's own words would be boxes on the pictures. */
async function chineseFont(): Promise<void> {
	if (existsSync('/usr/share/fonts/truetype/wqy')) return;
	await debian('a Chinese font', 'fonts-wqy-microhei');
}
