export type { StatementColumn, StatementShape } from './statement/statementShape';

/** How WeChat Pay's endpoint may be repeated, and what to advise where its outcome is open or refused. */
export interface RetryPolicy {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Whether the same bytes may be sent again now, while the outcome is open. */
	resendable: boolean;
	/** Whether an item whose outcome stayed open may be run again later as it is. */
	repeatable: boolean;
	/** What a 429 of WeChat Pay's means where it is not "not processed, too fast": whether it was done is open. */
	on429?: 'unknown';
	/** For what must not be repeated blindly: how to find out whether it happened. */
	checkFirst?: string;
	/** How to repeat it where that takes more than the same values; without its full stop. */
	repeatAdvice?: string;
	/** What to do where the number that names the request stands for another one already: a sentence or more. */
	numberUsed?: string;
	/** What to look at when WeChat Pay refuses and its text is not a known one. */
	rejectionHint?: string;
	/** Rejections of this family of endpoints, looked up before the general ones. */
	knownErrors?: readonly KnownError[];
}

/** A request ready to be signed and sent, as often as need be, with identical bytes. */
export interface Request {
	method: RetryPolicy['method'];
	/** Absolute, percent-encoded. */
	url: string;
	/** Absent where nothing is to be sent. */
	body?: Buffer;
	/** Of a body that is not JSON. */
	contentType?: string;
	/**
	 * The key of WeChat Pay that the request names, and that its sensitive fields are encrypted with; absent for none.
	 */
	wechatPaySerial?: string;
	/** What was put into it and may be shown, by wire name. */
	sent: Record<string, unknown>;
	/** The names among these by which the item is known: of path and query, and what the spec calls it by. */
	identity: Record<string, unknown>;
	/**
	 * What a response that is about this request repeats unchanged, by wire name, as it stands in the request: names of
	 * things, and choices. A list stands for any of its values.
	 */
	subject: Record<string, unknown>;
	/** What WeChat Pay answers; absent for an empty response. */
	response?: ResponseShape;
	/** `out_request_no`, where the node made it. */
	requestNumber?: string;
	/** The host that it must go to, if it is another one than the merchant's. */
	origin?: string;
	/**
	 * What takes the body of a 200 as it arrives, for a file that WeChat Pay does not sign and that proves itself.
	 *
	 * @param stream the body itself, a stream of n8n's
	 * @returns why it is not the file that was promised, if it is not
	 * @throws what ended the body before its end
	 */
	receive?: (chunks: AsyncIterable<Uint8Array>, stream: object) => Promise<string | undefined>;
	retryPolicy: RetryPolicy;
}

/** A response as it came over the wire. */
export interface Response {
	status: number;
	headers: Record<string, unknown>;
	/** The raw bytes, before any parsing. */
	body: Buffer;
	/** When the request was sent and when this arrived, in ms of the clock's monotonic time. */
	sentAt: number;
	receivedAt: number;
	/** When this arrived by the wall clock, in ms since 1970. */
	at: number;
	/** Of a file: why it is not the one that was promised. */
	wrongFile?: string;
}

/**
 * Whether it says that the request was done; only then does it have to be signed (docs/protocol.md, Which responses are
 * signed).
 */
export function isSuccess({ status }: Response): boolean {
	return status >= 200 && status < 300;
}

/** Why no response came. */
export interface NoResponse {
	/** Node's code of the connection, such as ECONNRESET. */
	code?: string;
	text: string;
	/** Whether it is certain that WeChat Pay got nothing. */
	unsent: boolean;
	/**
	 * Whether the connection to the host is to blame: it could not be established (DNS, TCP, TLS) or broke. It is not
	 * where n8n stopped the request, where the execution was cancelled, or where no response came in time.
	 */
	connectionFailed: boolean;
	/** The status with which a proxy refused to connect to the host. */
	proxyStatus?: number;
}

/** A response that reports success, with a signature that fits. */
export interface VerifiedResponse {
	status: number;
	body: Buffer;
	requestId?: string;
	/** How many requests it took. */
	attempts: number;
}

/** The body of a successful response. */
export interface ResponseShape {
	/**
	 * Wire names that it, or each entry of its list, has whatever it says: those that WeChat Pay calls required. `a|b`:
	 * one of them, where all are optional.
	 */
	requiredFields: string[];
	/** Where it repeats a value of the request at another place: the dotted path, by wire name of the request. */
	repeats?: Record<string, string>;
	/** Wire name under which it tells the merchant that signed the request, which no field of the request names. */
	signer?: string;
	/** The fields that are left by 'Simplify'; for responses of more than ten. */
	simplifiedFields?: string[];
	/** Name of the list whose entries become one item each. */
	listField?: string;
	/** Wire names that together tell one entry from another; the endpoint has pages of them. */
	uniqueBy?: string[];
	/** Whether it may as well be empty, where nobody knows what is due. */
	isOptional?: true;
	/** The code of a refusal that is a result: there is nothing of what was asked for. */
	emptyCode?: string;
	/** The most entries on such a page, where it is not what most endpoints take. */
	pageSize?: number;
	/** For a request of several parts, each of which has an entry in the list. */
	parts?: PartsShape;
	/** Where it says in a word what became of the request, or of what is read. */
	state?: StateShape;
	/** Where it tells when it was done: under a number that was used long ago, that is not now. */
	earlier?: EarlierShape;
}

/** What a verified response says became of the request. */
export interface StateShape {
	/** Wire name of the word. */
	field: string;
	/** Words that mean: WeChat Pay is still working on it. */
	pending: string[];
	/** For a request that changes something: words that mean it is done. */
	done?: string[];
	/** Words that mean it failed: what that is, and the way out, a sentence or more each. */
	failed?: Record<string, string>;
}

/** How an item tells that it repeats what was done before. */
export interface EarlierShape {
	/** Wire name of the time at which it was first asked for. */
	time: string;
	/** The key that the item gets, which is true then. */
	mark: string;
	/** What the item says about it. */
	note: string;
}

/** How a list says what became of each part of a request. */
export interface PartsShape {
	/** Wire name of the parts, in the request and in an entry. */
	field: string;
	/** Wire name of what became of it, and its values. */
	result: string;
	done: string[];
	failed: string[];
	/** What people call the parts, and what they do with those that were not taken, as in "Deposit these again". */
	noun: string;
	again: string;
}

/** What a refusal of WeChat Pay means, and the way out. */
export interface KnownError {
	status: number;
	code: string;
	/** Parts of WeChat Pay's own text, any of which tells this meaning from others of the same code. */
	messageIncludes?: string[];
	/** The whole of WeChat Pay's own text, where its form tells this meaning from others of the same code. */
	messagePattern?: RegExp;
	/** A sentence's beginning: "…: the card ID is not known". */
	meaning: string;
	advice: string;
	/** The cause lies around the item: once it is fixed, the same item may be run again. */
	retryableAfterFix?: boolean;
	/**
	 * The request may have been processed all the same, now or by an earlier attempt; `for good`: the same item run again
	 * will not tell either.
	 */
	leavesOpen?: true | 'for good';
}
