import type { Session } from '../../client/session';
import type { Request } from '../../client/types';
import type { Operation, DefaultSource } from '../spec';
import { buildRequest, checkValues } from './buildRequest';
import type { Values } from './serialize';

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
	const serializeContext = {
		timezone: caller.getTimezone(),
		defaultValue: (kind: DefaultSource) => (kind === 'requestNumber' ? undefined : merchant[kind]),
	};
	return buildRequest(operation, checkValues(operation, form, serializeContext), merchant);
}
