import { rethrow } from '../../apiv3/attempt';
import type { PromisedFile } from '../download/downloadFile';
import { downloadFile } from '../download/downloadFile';
import { RequestError } from '../errors/requestError';
import type { Row } from '../response/parseResponse';
import type { Session } from '../session';
import type { RetryPolicy } from '../types';
import type { Statement } from './statementReader';
import { MAX_STATEMENT_ROWS, StatementReader, TooManyRows } from './statementReader';
import type { StatementShape } from './statementShape';
import { StatementFormatError } from './statementValue';

/**
 * Downloads a statement, in one file or in parts that are one text, and reads it.
 *
 * @param asked what every row begins with
 * @throws RequestError
 */
export async function readStatement(
	session: Session,
	files: PromisedFile[],
	shape: StatementShape,
	asked: Row,
	retryPolicy: RetryPolicy,
): Promise<Statement> {
	let reader = new StatementReader(shape, asked);
	for (const file of files) {
		const before = reader;
		reader = await downloadFile(session, file, retryPolicy, async (chunks) => {
			// A download that breaks begins anew, behind the parts that are there.
			const copy = before.copy();
			await readAll(chunks, copy);
			return copy;
		});
	}
	return rethrow(() => reader.end(), asRequestError);
}

/** What makes no sense may be a file that was changed on the way, which only its end tells. */
async function readAll(chunks: AsyncIterable<Uint8Array>, reader: StatementReader): Promise<void> {
	let failure: unknown;
	for await (const chunk of chunks) {
		if (failure) continue;
		try {
			reader.write(chunk);
		} catch (reason) {
			if (!(reason instanceof StatementFormatError)) throw asRequestError(reason);
			failure = reason;
		}
	}
	if (failure) throw asRequestError(failure);
}

/** The totals of a day without rows. */
export function emptySummary({ summary }: StatementShape): Row {
	return Object.fromEntries(Object.values(summary).map(({ key }) => [key, 0]));
}

function asRequestError(reason: unknown): Error {
	if (reason instanceof TooManyRows) return unusable(tooMany());
	if (!(reason instanceof StatementFormatError)) return reason as Error;
	return unusable(
		`The bill is not written as WeChat Pay documents it: ${reason.message}. Set 'Output' to File to get it as it is, and report it to this package.`,
	);
}

function tooMany(): string {
	const rows = MAX_STATEMENT_ROWS.toLocaleString('en');
	return `The bill has more than ${rows} rows, more than can become items. Set 'Output' to File, or ask for less at once: one sub-merchant, or only paid orders or refunds.`;
}

function unusable(message: string): RequestError {
	return new RequestError({ message, outcome: 'unknown', attempts: 1, repeatable: false });
}
