/** What n8n keeps of an execution. */
import { parse } from 'flatted';
import type { IDataObject, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

import type { N8nServer } from './n8n.cts';

export class ExecutionData {
	private constructor(
		readonly status: string,
		private readonly data: IRunExecutionData,
	) {}

	static async of(n8n: N8nServer, id: string): Promise<ExecutionData> {
		const { status, data } = await n8n.api<{ status: string; data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return new ExecutionData(status, parse(data) as IRunExecutionData);
	}

	/** The JSON of the items that left a node by an output; 0 is Success, 1 is Error. */
	json(node: string, output = 0): IDataObject[] {
		const runs = this.data.resultData.runData[node] ?? [];
		return runs.flatMap((run) =>
			((run.data?.main?.[output] ?? []) as INodeExecutionData[]).map(({ json }) => json),
		);
	}

	get error(): { message?: string; description?: string } | undefined {
		return this.data.resultData.error as never;
	}
}
