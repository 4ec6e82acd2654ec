import type { IDataObject } from 'n8n-workflow';

import { printable } from './printable';
import { reasonText } from './reason';

/** Where an item that did not succeed stands; the README says what each outcome means. */
export type Outcome = 'refused' | 'partial' | 'unknown' | 'not_sent';

/** What is known about an item that did not succeed; absent facts are left out, never `null`. */
export interface FailureDetails {
	/** What happened, with the code, and the way out: an AI agent sees nothing else. */
	message: string;
	description?: string;
	outcome: Outcome;
	/** WeChat Pay's code, or Node's for a connection. */
	code?: string;
	http_status?: number;
	request_id?: string;
	/** The number that the node gave to the request, for running the item again manually. */
	out_request_no?: string;
	/** WeChat Pay's pointer to the value it refused, or the wire name of the field that was not sent. */
	field?: string;
	issue?: string;
	/** The value it refused, and where that stands, as far as WeChat Pay names them. */
	value?: string;
	location?: string;
	/** WeChat Pay's own text, or that of the connection. */
	raw_message?: string;
	/** Of a request of several parts: those that are done, those that are not, and those of which nothing was said. */
	done?: string[];
	not_done?: string[];
	not_known?: string[];
	/** Where a used request number leaves open whether points were changed: what this attempt would have done, and what is. */
	points_before?: number;
	points_expected?: number;
	points_now?: number;
	/** A verified response that says that it failed. */
	response?: IDataObject;
	/** What WeChat Pay said when it was asked after the failure what it has under the item's number. */
	found?: IDataObject | 'not found' | 'not known';
	/** How many requests were sent for the item. */
	attempts: number;
	/** Whether the same item may be run again as it is, perhaps after something around it was fixed. */
	repeatable: boolean;
}

/** An item that did not succeed. */
export class RequestError extends Error {
	override readonly name = 'RequestError';

	constructor(readonly details: FailureDetails) {
		super(details.message);
	}
}

/** A failure before anything was sent. */
export function notSent(
	message: string,
	details: Partial<
		Pick<FailureDetails, 'description' | 'field' | 'raw_message' | 'repeatable'>
	> = {},
): RequestError {
	return new RequestError({
		message,
		outcome: 'not_sent',
		attempts: 0,
		repeatable: false,
		...details,
	});
}

/** Anything but a RequestError is a defect of this package; what it left behind is not known. */
export function failureDetailsOf(thrown: unknown): FailureDetails {
	if (thrown instanceof RequestError) return thrown.details;
	const text = printable(reasonText(thrown), 120);
	return {
		message: `The WeChat Pay node hit an unexpected condition: ${text}. Please report it; whether the item was processed is not known.`,
		outcome: 'unknown',
		attempts: 0,
		repeatable: true,
	};
}
