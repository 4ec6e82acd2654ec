/** The panel of one node: its input, its fields and settings, its output. */
import type { Locator } from 'playwright-core';

import type { Editor } from './browser.cts';

export class NodePanel {
	constructor(private readonly editor: Editor) {}

	private get page() {
		return this.editor.page;
	}

	private field(name: string): Locator {
		return this.page.getByTestId('ndv').getByTestId(`parameter-input-${name}`).first();
	}

	private get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** Opens the list of a field that is chosen from what WeChat Pay has. @returns what it offers */
	async listOf(name: string): Promise<string[]> {
		await this.field(name).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item');
		await entries.first().waitFor();
		return await entries.allInnerTexts();
	}

	async chooseFirst(): Promise<void> {
		await this.page.getByTestId('rlc-item').first().click();
		await this.page.getByTestId('rlc-item').first().waitFor({ state: 'hidden' });
	}

	/** Drags a value of the input to a field. @param onTheWay done while it hovers over the field */
	async drag(value: string, name: string, onTheWay = async () => {}): Promise<void> {
		const { mouse } = this.page;
		await this.field(name).scrollIntoViewIfNeeded();
		const pill = this.page.getByTestId('run-data-schema-item').locator(`[data-name="${value}"]`);
		const from = await centre(pill.first());
		await mouse.move(from.x, from.y);
		await mouse.down();
		// n8n takes a press for a drag once the mouse has moved a little.
		await mouse.move(from.x + 30, from.y + 30, { steps: 5 });
		await this.moveOnto(this.field(name));
		await onTheWay();
		await mouse.up();
		await this.field(name).locator('.cm-content').waitFor();
		// Until it has put the drag away, n8n starts no other.
		await this.editor.rest();
	}

	/** Fields move while one above them shows what its expression gives; n8n takes a drop where the pointer has rested. */
	private async moveOnto(target: Locator): Promise<void> {
		for (;;) {
			const to = await centre(target);
			await this.page.mouse.move(to.x, to.y, { steps: 10 });
			await this.editor.rest();
			const { x, y } = await centre(target);
			if (x === to.x && y === to.y) return;
		}
	}

	/** Where a field ends below the top of the window, in pixels, without scrolling. */
	async endOf(name: string): Promise<number> {
		const box = await this.field(name).boundingBox();
		return box ? Math.round(box.y + box.height) : Infinity;
	}

	/** Has the trigger wait for a test event. */
	async listen(): Promise<void> {
		await this.page.getByTestId('trigger-execute-button').first().click();
		await this.page.getByTestId('trigger-listening').waitFor();
	}

	/** Switches a field to an expression and writes that. */
	async write(name: string, expression: string): Promise<void> {
		// The field before it may have n8n's tips hanging over this one.
		await this.showParameters();
		await this.field(name).hover();
		const options = this.page.getByTestId(`${name}-parameter-input-options-container`);
		await options.getByTestId('radio-button-expression').click();
		await this.field(name).locator('.cm-content').click();
		await this.page.keyboard.press('Control+A');
		// Typed key by key, the editor of expressions adds closing brackets of its own.
		await this.page.keyboard.insertText(expression);
		await this.page.getByTestId('tab-params').hover();
	}

	/** @returns a field's expression and what it gives for the first item, once that is as wanted or the time is over */
	async expression(name: string, wanted: string): Promise<string[]> {
		const code = await this.field(name).locator('.cm-content').innerText();
		const preview = this.page.getByTestId(`parameter-expression-preview-${name}`);
		// It follows the typing after a moment.
		await preview
			.getByText(wanted)
			.waitFor()
			.catch(() => {});
		return [code.trim(), (await preview.innerText()).trim()];
	}

	async onError(choice: string): Promise<void> {
		await this.page.getByTestId('tab-settings').click();
		await this.field('onError').click();
		await this.page.locator('.el-select-dropdown__item:visible').getByText(choice).click();
	}

	async showParameters(): Promise<void> {
		await this.page.getByTestId('tab-params').click();
	}

	/** Runs the node on the input that is there. */
	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').first().click();
		await this.output.getByTestId('branches').waitFor();
	}

	/** The tabs of the output. */
	async branches(): Promise<string[]> {
		const tabs = await this.output.getByTestId('branches').innerText();
		return tabs
			.split('\n')
			.map((tab) => tab.trim())
			.filter((tab) => tab !== '');
	}

	/** Shows the items of an output, in one of n8n's three forms. */
	async showBranch(number: number, form: 'schema' | 'table' | 'json'): Promise<void> {
		await this.output.getByTestId(`tab-${number}`).click();
		await this.output.getByTestId(`radio-button-${form}`).click();
	}

	/** Whether the items shown have a text in them, before long. */
	async isInOutput(text: string): Promise<boolean> {
		const found = this.output.getByTestId('ndv-data-container').getByText(text).first();
		return await found.waitFor().then(
			() => true,
			() => false,
		);
	}

	/** Whether the output has a hint with a text in it, before long. */
	async hasHint(text: string): Promise<boolean> {
		const found = this.output.getByText(text).first();
		return await found.waitFor().then(
			() => true,
			() => false,
		);
	}

	/** The webhook's URL of the kind that is asked for. */
	async url(kind: 'Test URL' | 'Production URL'): Promise<string> {
		const urls = this.page.locator('.webhooks');
		if (!(await urls.getByText(kind).isVisible())) await urls.getByText('Webhook URLs').click();
		await urls.getByText(kind).click();
		return (await urls.locator('.webhook-url').innerText()).trim();
	}

	/** Opens a list field. @returns what it offers */
	async optionsOf(name: string): Promise<string[]> {
		await this.field(name).click();
		const options = this.page.locator('.el-select-dropdown__item:visible');
		await options.first().waitFor();
		return (await options.allInnerTexts()).map((option) => option.split('\n')[0].trim());
	}

	/** Opens a list field and chooses one of its entries. */
	async choose(name: string, option: string): Promise<void> {
		await this.optionsOf(name);
		await this.pickFound(option);
	}

	/** Opens a list field and types into it. @returns what it then offers */
	async find(name: string, words: string): Promise<string[]> {
		await this.optionsOf(name);
		await this.page.keyboard.type(words);
		const options = this.page.locator('.el-select-dropdown__item:visible');
		await options
			.filter({ hasText: new RegExp(words, 'i') })
			.first()
			.waitFor();
		return (await options.allInnerTexts()).map((option) => option.split('\n')[0].trim());
	}

	/** Chooses an entry of the list field that is open. */
	async pickFound(option: string): Promise<void> {
		await this.page.locator('.el-select-dropdown__item:visible').getByText(option).first().click();
		await this.editor.rest();
	}

	/** What is chosen in a list field. */
	async chosen(name: string): Promise<string> {
		return (await this.field(name).innerText()).trim();
	}

	async close(): Promise<void> {
		// The second is n8n 1's.
		await this.page
			.getByTestId(/^(ndv-close-button|back-to-canvas)$/)
			.first()
			.click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}
}

async function centre(of: Locator): Promise<{ x: number; y: number }> {
	const box = await of.boundingBox();
	if (!box) throw new Error(`${String(of)} is not on the screen`);
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
