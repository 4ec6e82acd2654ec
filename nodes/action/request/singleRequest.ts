import type { Session } from '../../client/session';
import type { Request } from '../../client/types';
import type { Operation } from '../spec';
import { buildRequest, checkValues } from './buildRequest';
import type { SerializeContext, Values } from './serialize';

/**
 * The request of an operation with values that no item gave.
 *
 * @param form by parameter name, as in the form
 * @throws RequestError for a value that can't be sent
 */
export function singleRequest(
	{ merchant }: Pick<Session, 'merchant'>,
	operation: Operation,
	form: Values,
	caller: { getTimezone(): string },
): Request {
	const serializeContext: SerializeContext = {
		timezone: caller.getTimezone(),
		defaultValue: (kind) => (kind === 'requestNumber' ? undefined : merchant[kind]),
	};
	return buildRequest(operation, checkValues(operation, form, serializeContext), merchant);
}
