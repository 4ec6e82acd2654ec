import type { FailureDetails } from '../../client/errors/requestError';
import { failureDetailsOf, RequestError } from '../../client/errors/requestError';
import type { Row } from '../../client/response/parseResponse';
import { saysNumberWasUsed } from '../../client/response/numberUsed';
import type { Request } from '../../client/types';
import { namingField } from '../request/requestNumber';
import type { Operation } from '../spec';

type Points = Pick<FailureDetails, 'points_before' | 'points_expected' | 'points_now'>;

/**
 * WeChat Pay may refuse a request only because its number was used before, by another process or before a restart: what
 * was sent then may have been this very item. The outcome is open, and the item tells what helps to decide.
 *
 * @param readAgain what the operation reads first, once more
 * @throws RequestError
 */
export async function settleUsedNumber<T>(
	operation: Operation,
	request: Request,
	readAgain: () => Promise<Row>,
	send: () => Promise<T>,
): Promise<T> {
	return await send().catch(async (reason: unknown) => {
		const details = failureDetailsOf(reason);
		const field = namingField(operation.fields);
		const number = field && request.sent[field.wireName];
		if (number === undefined || !saysNumberWasUsed(details)) throw reason;
		const points = await comparePoints(operation, request, readAgain);
		throw new RequestError({
			...details,
			...points,
			message: messageOf(
				`'${field?.property?.displayName}'`,
				String(number),
				details,
				operation,
				points,
			),
			outcome: 'unknown',
			repeatable: false,
		});
	});
}

/** @returns nothing for an operation that changes no points; without `points_now` where they could not be read */
async function comparePoints(
	{ points: names }: Operation,
	{ sent }: Request,
	readAgain: () => Promise<Row>,
): Promise<Points | undefined> {
	if (!names) return undefined;
	const points = {
		points_before: numberOf(sent[names.before]),
		points_expected: numberOf(sent[names.after]),
	};
	try {
		return { ...points, points_now: numberOf((await readAgain())[names.read]) };
	} catch {
		return points;
	}
}

function numberOf(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

function messageOf(
	label: string,
	number: string,
	{ code, http_status: status }: FailureDetails,
	operation: Operation,
	points?: Points,
): string {
	const what = `WeChat Pay refused, because ${label} ${number} was used before (${code ?? status}): this item may have been done then or not`;
	if (operation.numberUsed) return `${what}. ${operation.numberUsed}`;
	const look = points ? comparison(points) : operation.checkFirst;
	return `${what}. ${look ?? 'Look whether it was done.'} If it was done, leave the item out; if not, run it with another ${label}.`;
}

function comparison({ points_before: before, points_expected, points_now: now }: Points): string {
	const change = `This attempt would have changed the points from ${before} to ${points_expected}`;
	return now === undefined
		? `${change}; how many there are now could not be read. Compare the points of Member: Get with your own records.`
		: `${change}; there are ${now} now. Compare that with your own records.`;
}
