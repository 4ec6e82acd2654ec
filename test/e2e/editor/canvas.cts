/** The canvas: its nodes, and the panel in which a node is found and added. */
import type { Editor } from './browser.cts';

export class Canvas {
	constructor(private readonly editor: Editor) {}

	private get page() {
		return this.editor.page;
	}

	private node(name: string) {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Runs the whole workflow, and waits for the marks on its last node and on its lines. */
	async execute(last: string): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
		await this.node(last).getByTestId('canvas-node-status-success').waitFor();
		await this.page.getByTestId('edge-label').getByText(/item/).first().waitFor();
	}

	/** Opens the panel by the plus at the end of the line out of a node, or by that of an empty canvas. */
	async openCreator(after?: string): Promise<void> {
		const plus = after
			? this.node(after).getByTestId('canvas-handle-plus')
			: this.page.getByTestId('canvas-add-button');
		await plus.first().click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
	}

	/** @returns the names that a search finds, once the node asked for is among them or the time is over */
	async search(words: string, node: string): Promise<string[]> {
		const bar = this.page.getByTestId('node-creator-search-bar');
		const names = this.page.getByTestId('node-creator-item-name');
		// What the search before has found must not pass for the answer.
		await bar.fill('');
		await names
			.getByText(node)
			.first()
			.waitFor({ state: 'detached' })
			.catch(() => {});
		await bar.fill(words);
		await names
			.getByText(node)
			.first()
			.waitFor()
			.catch(() => {});
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/** Opens a node that was found. */
	async openFound(node: string): Promise<void> {
		const { page } = this;
		await page.getByTestId('item-iterator-item').filter({ hasText: node }).first().click();
		await page.getByText('Node details').waitFor();
	}

	/** Picks one of the actions or events of the opened node. */
	async pick(action: string): Promise<void> {
		const { page } = this;
		await page.getByTestId('item-iterator-item').getByText(action, { exact: true }).click();
		await page.getByTestId('ndv').waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name)
			.getByTestId(/^canvas-(default|trigger)-node$/)
			.dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Brings all nodes into view. */
	async fit(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** The outputs that a node names. */
	async outputs(name: string): Promise<string[]> {
		const lines = (await this.node(name).innerText()).split('\n');
		return lines.filter((line) => ['Success', 'Error'].includes(line.trim()));
	}

	/** The names of all nodes but the notes, in alphabetical order. */
	async names(): Promise<string[]> {
		const nodes = this.page.locator('[data-test-id="canvas-node"]');
		const names = await nodes.evaluateAll((all) =>
			all.map((node) => node.getAttribute('data-node-name') ?? ''),
		);
		return names.sort();
	}
}
