import type { VerificationReason } from '../apiv3/verification';

/** What a post was refused for. */
export type RejectionKind =
	| VerificationReason
	| 'replayed'
	| 'content-type'
	| 'size'
	| 'form'
	| 'credential'
	| 'unforeseen';

const STATUS = {
	'missing-header': 401,
	'duplicate-header': 401,
	'unsupported-type': 401,
	clock: 401,
	probe: 401,
	'unknown-serial': 401,
	'bad-signature': 401,
	replayed: 401,
	'content-type': 415,
	size: 413,
	form: 400,
	credential: 500,
	unforeseen: 500,
} as const satisfies Record<RejectionKind, number>;

/** What is fixed in time is not lost. */
export const REDELIVERY_NOTE = 'WeChat Pay sends the notification again, for ten minutes at least.';

/** A post that gets no 204. */
export class WebhookRejection extends Error {
	override readonly name = 'WebhookRejection';

	/** All that the sender learns: the HTTP status. */
	readonly status: number;

	/** @param reason what happened and the way out, for n8n's log */
	constructor(
		readonly kind: RejectionKind,
		reason: string,
	) {
		super(reason);
		this.status = STATUS[kind];
	}

	/** Whether the user has something to fix; otherwise most likely a stranger posted. */
	get isOwnFault(): boolean {
		return this.status === 500 || this.kind === 'form';
	}
}
