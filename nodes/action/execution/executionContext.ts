import type { IExecuteFunctions } from 'n8n-workflow';

import { rethrow } from '../../apiv3/attempt';
import { reasonSentence } from '../../client/errors/reason';
import { notSent } from '../../client/errors/requestError';
import { openSession } from '../../client/openSession';
import type { Session } from '../../client/session';
import type { ParameterPlan } from '../request/readParameters';
import { planParameters } from '../request/readParameters';
import { requestNumbers } from '../request/requestNumber';
import type { Catalogue, Operation } from '../spec';
import { KeyedMutex } from './keyedMutex';

/** What all items of one execution share. */
export interface ExecutionContext extends Session {
	context: IExecuteFunctions;
	operation: Operation;
	parameters: ParameterPlan;
	/** Of the workflow. */
	timezone: string;
	/** The request number that the node makes for an item. */
	requestNumber: (index: number) => string;
	mutex: KeyedMutex;
}

/**
 * Reads what all items share.
 *
 * @throws RequestError (`not_sent`) for a credential or an option that cannot be used, or where WeChat Pay's
 * certificates
 *   are not available: it holds for every item, and the items themselves may be run again
 */
export async function openExecution(
	context: IExecuteFunctions,
	catalogue: Catalogue,
): Promise<ExecutionContext> {
	return await rethrow(
		async () => {
			const operation = findOperation(
				catalogue,
				context.getNodeParameter('resource', 0),
				context.getNodeParameter('operation', 0),
			);
			const parameters = planParameters(context, operation);
			const session = await openSession(context, context.getNodeParameter('options', 0, {}));
			return {
				...session,
				operation,
				parameters,
				timezone: context.getTimezone(),
				requestNumber: requestNumbers(context),
				mutex: new KeyedMutex(),
			};
		},
		(reason) => notSent(reasonSentence(reason), { repeatable: true }),
	);
}

/**
 * @returns the operation that the form's two choices name
 * @throws RangeError for names that the catalogue does not have, as in a workflow of a later version
 */
export function findOperation(
	{ resources }: Catalogue,
	resource: unknown,
	operation: unknown,
): Operation {
	const found = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new RangeError(
		`This version of the WeChat Pay node has no operation '${String(operation)}' of '${String(resource)}': choose one in the form, or update the package`,
	);
}
