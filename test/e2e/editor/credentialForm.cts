/** The form of a credential, over the panel of the node that uses it. */
import type { Editor } from './browser.cts';

/** n8n's words, whatever the credential's own test says. */
export const TESTED = 'Connection tested successfully';

export class CredentialForm {
	constructor(private readonly editor: Editor) {}

	private get page() {
		return this.editor.page;
	}

	private get form() {
		return this.page.getByTestId('editCredential-modal');
	}

	/** For the first credential of its type; n8n leaves the word API out. */
	async openNew(): Promise<void> {
		await this.page.getByText('Connect to WeChat Pay').click();
		await this.form.waitFor();
	}

	/** n8n tests a credential that is opened. @returns what the form then says */
	async openAgain(): Promise<string> {
		return await this.verdictAfter(async () => {
			await this.page.getByTestId('credential-edit-button').click();
		});
	}

	/** Pastes a text over what a field holds. @returns what the field holds then */
	async paste(field: string, text: string): Promise<string> {
		const input = this.form
			.getByTestId(`parameter-input-${field}`)
			.locator('textarea,input')
			.first();
		await this.editor.copy(text);
		await input.click();
		await this.page.keyboard.press('Control+A');
		await this.page.keyboard.press('Control+V');
		// The form takes a text over 100 ms after the last key.
		await this.editor.rest();
		return await input.inputValue();
	}

	/** Saves a new credential that is good, whereupon n8n closes the form. */
	async saveNew(): Promise<void> {
		await this.form.getByTestId('credential-save-button').click();
		await this.form.waitFor({ state: 'hidden' });
	}

	/** Saves, which tests as well. @returns what the form then says */
	async save(): Promise<string> {
		return await this.verdictAfter(async () => {
			await this.form.getByTestId('credential-save-button').click();
		});
	}

	/** @returns what the form says of a test: n8n's fixed text for a good one, our own for a bad one */
	private async verdictAfter(work: () => Promise<void>): Promise<string> {
		const { form } = this;
		// The words of the test before stay until the response is there, so that it has to be known.
		const answer = this.page.waitForResponse(/\/credentials\/test$/);
		await work();
		const { data } = (await (await answer).json()) as { data: { status: string; message: string } };
		const words = form.getByText(data.status === 'OK' ? TESTED : data.message);
		const more = form.getByText('More details');
		await words.or(more).locator('visible=true').first().waitFor();
		if (await more.isVisible()) await more.click();
		await words.waitFor();
		return (await words.innerText()).trim();
	}

	async close(): Promise<void> {
		await this.form.getByRole('button', { name: /close/i }).first().click();
		await this.form.waitFor({ state: 'hidden' });
	}
}
