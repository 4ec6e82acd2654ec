/** The world around an example workflow: what its nodes find there, and what they leave. */
import type { IDataObject } from 'n8n-workflow';

/** What a node of n8n answered to a call from outside. */
export interface Response {
	status: number;
	body: unknown;
}

export class Outside {
	/** What a query without values finds in the database. */
	rows: IDataObject[] = [];

	/** What a query with values finds, by the name of the node. */
	found: Record<string, (values: unknown[]) => IDataObject[]> = {};

	/** The values of every other query, as PostgreSQL would have got them, by the name of the node. */
	queries: Record<string, unknown[][]> = {};

	/** The sheet, without its header. */
	sheet: IDataObject[] = [];

	/** What was written to the sheet, by the name of the node. */
	written: Record<string, IDataObject[]> = {};

	/** What can be downloaded, by URL. */
	files: Record<string, Buffer> = {};

	/** What was posted to other systems. */
	posted: unknown[] = [];

	/** Whether whoever is asked approves, and what was asked. */
	approves = true;

	questions: string[] = [];

	/** Every answer to a webhook; n8n sends the first alone. */
	responses: Response[] = [];

	constructor(given: Partial<Pick<Outside, 'rows' | 'found' | 'sheet' | 'files'>> = {}) {
		Object.assign(this, given);
	}
}
