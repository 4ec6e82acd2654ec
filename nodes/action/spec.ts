import type { INodeProperties } from 'n8n-workflow';

import type { ResponseShape, RetryPolicy, StatementShape } from '../client/types';

/**
 * A value of the request: how the form asks for it, and what WeChat Pay takes. Everything else follows from it: checks,
 * body, encryption, documentation.
 */
export interface Field {
	/** WeChat Pay's name, verbatim. */
	wireName: string;
	/**
	 * n8n's own form field; `name` is the camelCase of `wireName`. What it promises is checked: `type`, `options`, the
	 * `minValue` and `maxValue` of numbers, and `required`, which counts only where its own `displayOptions` show it.
	 * An object without a form field of its own has its parts in the form at its place. A required number whose
	 * `default` is 0 begins empty; with `requiredOnWire` in the place of `required` it begins with 0.
	 */
	property?: INodeProperties;
	/** Characters of a text, at most and at least. */
	maxLength?: number;
	minLength?: number;
	/** What a text looks like; the message says "'Label' must …". */
	pattern?: { regex: RegExp; must: string };
	/** A list of texts, typed with commas between them or given as a list. */
	list?: true;
	/** A JSON object, or its text; an empty one is none. */
	json?: true;
	/** Bytes of a text, or of an object as JSON, at most. */
	maxBytes?: number;
	/** An amount of money in fen: always a whole number. */
	fen?: true;
	/** An IP address; `public`: one of the internet. */
	ip?: 'any' | 'public';
	/** Of a time that names no offset; the workflow's, where it is left out. */
	timezone?: string;
	/** How far a time must lie ahead, in seconds. */
	ahead?: { min: number; max: number; must: string };
	/** A phone number, however people write it; the country code of China is left out before a mobile number. */
	phone?: true;
	/** The parts of an object, or of each entry where the form field has multiple values. */
	fields?: Field[];
	/** Wire name of a field beside this one, or its path; where that is filled (or true), this one must be filled, too. */
	requiredWith?: string;
	/** Wire name of a field beside this one: one of the two must be filled, and not both. */
	insteadOf?: string;
	/** Wire name of a field beside this one: where that is empty, this one must be filled. */
	requiredUnless?: string;
	/** What WeChat Pay need not follow: its response may name another value. */
	isWish?: true;
	/** Entered as plain text, encrypted for WeChat Pay, and never shown again. */
	sensitive?: true;
	/** A day in China that has ended, at most so many months ago; dates and times are turned into it. */
	pastDay?: { months: number };
	/** Taken where the field is left empty. */
	defaultFrom?: DefaultSource;
	/** WeChat Pay wants it although the form, because of `skipDefaultIf` or a default that suits most, does not. */
	requiredOnWire?: true;
}

/** What stands in for a value that is left empty. */
export type DefaultSource =
	/** Of the credential. */
	| 'mchid'
	| 'brandId'
	| 'appid'
	/** A number of our own for the item, the same whenever the same item is repeated. */
	| 'requestNumber';

/** A value at the top of the request. */
export interface Parameter extends Field {
	/** `form`: not sent itself; `buildBody` makes something of it. */
	in: 'path' | 'query' | 'body' | 'form';
	/** Asks for some entries of a list only; those that come may have another value under its name. */
	narrows?: true;
	/** `defaultFrom` does not count where the field of this wire name is filled. */
	skipDefaultIf?: string;
	/** Its value names the request: however often that is sent, WeChat Pay does it once. At most one of an endpoint. */
	namesRequest?: true;
	/** Another value makes no other request of one that was sent under the same number, such as an expiry in 30 minutes. */
	mayDiffer?: true;
}

/** One endpoint, in the order of WeChat Pay's page. */
export interface Endpoint
	extends Pick<RetryPolicy, 'method' | 'resendable' | 'repeatable' | 'on429'> {
	/** With `{wire_name}` for each path parameter. */
	path: string;
	fields: Parameter[];
	/** What WeChat Pay answers; absent for an empty response. */
	response?: ResponseShape;
}

/** An endpoint as the user finds it in the form. */
export interface Operation extends Endpoint, RetryPolicy {
	name: string;
	value: string;
	action: string;
	description: string;
	/** WeChat Pay's page; absent where none is known. */
	docs?: string;
	/** What users get wrong, shown above the fields; at most 140 characters. */
	notice?: string;
	/** The rest of it, which stands on the operation's page of the documentation; the form links there. */
	noticeMore?: string;
	/** The collection that holds what may be left out; `additionalFields` if absent. */
	optional?: 'additionalFields' | 'updateFields';
	/** Whether fields that this package does not know yet may be given as JSON. */
	takesJson?: true;
	/** Called instead where 'Sub-Merchant ID' is filled. */
	partner?: Endpoint;
	readFirst?: ReadFirst;
	/**
	 * For an operation that changes points: the wire names of those before and after in the request, and in what is read
	 * first.
	 */
	points?: { before: string; after: string; read: string };
	/**
	 * The last word on the body, for what one field alone does not tell.
	 *
	 * @returns what comes before the fields of the body, or takes the place of one
	 * @throws ValidationError
	 */
	buildBody?: (given: BuildBodyInput) => Record<string, unknown>;
	/**
	 * What the front end of the shop goes on with: added to the output, signed as `pay` for a payment, as `confirm` for a
	 * transfer.
	 */
	frontEnd?: 'jsapi' | 'app' | 'transfer';
	/**
	 * Asked once after every failure that is not `not_sent`, since no refusal proves that nothing happened under this
	 * number: the item says what it found.
	 */
	askAfterFailure?: Endpoint;
	/** Wire name of a value of the form that is appended to a URL of the response, under the same name. */
	appends?: { value: string; to: string };
	/** Wire names of what `buildBody` returns: nobody else may set them. */
	computed?: string[];
	/** How the request is put together other than as JSON: a file with its description. */
	upload?: true;
	/** Method, path and content are those of the form; method and path of the spec stand for any. */
	isFree?: true;
	/** Its response says where files are; what they hold is the result. */
	file?: FileShape;
	/** Wire name of the form's value that says for how many seconds to ask again while the state is pending. */
	waitField?: string;
	/** Wire name of the value by which people know an item. */
	itemLabel?: string;
	/** What happened to an item that succeeded, as in "2 committed". */
	pastTense: string;
}

/** Files, which are downloaded at the address that a response gives. */
export interface FileShape {
	/** The download itself. */
	endpoint: Endpoint & Pick<RetryPolicy, 'knownErrors'>;
	type: { extension: string; mimeType: string };
	/** What the file is called before what the request is about; absent for the last part of its path. */
	name?: string;
	/** What the lines of the files become; files without are handed on as they are. */
	statement?: StatementShape;
	/** When to come back for a file that WeChat Pay is still making, as the state of the response says; a sentence. */
	notReady?: string;
}

/** What is read before a request is put together; the response goes to `buildBody`. */
export interface ReadFirst {
	/** Of several, the first whose path the item fills; for a sub-merchant, that of service providers. */
	endpoints: Array<Endpoint & Pick<Operation, 'partner'>>;
	/** Wire name of a value of the form that makes it needless. */
	unless?: string;
}

/** What `buildBody` works with: checked values of `in: 'form'` by their names, the body so far, what was read first. */
export interface BuildBodyInput {
	form: Record<string, unknown>;
	body: Record<string, unknown>;
	read: Record<string, unknown>;
}

/** A group of operations in the form. */
export interface Resource {
	name: string;
	value: string;
	description: string;
	operations: Operation[];
	/**
	 * Value of the operation that the form begins with. n8n saves no value that equals the default: another one here
	 * changes what saved workflows do.
	 */
	defaultOperation: string;
}

/** Everything that a node offers, in the order of its form. */
export interface Catalogue {
	resources: Resource[];
	/** Value of the resource that the form begins with; as fixed as the default operations. */
	defaultResource: string;
}

/** A value that breaks a rule; the message continues "'Label' …", or stands alone where `buildBody` throws it. */
export class ValidationError extends Error {
	override readonly name = 'ValidationError';

	/** @param field wire name, where more than one field was looked at */
	constructor(
		message: string,
		readonly field?: string,
	) {
		super(message);
	}
}
