import type { INodeProperties } from 'n8n-workflow';

/**
 * Checks what the user gave for a field and brings it into the form that WeChat Pay takes.
 *
 * @param value a parameter's value, never empty
 * @returns what goes on the wire
 * @throws RuleViolation saying which rule the value breaks
 */
export type Check = (value: unknown) => string | number;

/** A value that breaks a field's rule; the message continues "'Label' …". */
export class RuleViolation extends Error {
	override readonly name = 'RuleViolation';
}

/** One parameter of an endpoint: form, check and place in the request. */
export interface Field {
	/** WeChat Pay's name, verbatim. */
	wire: string;
	in: 'path' | 'body';
	check: Check;
	/**
	 * For an empty field that stands for the merchant itself: the credential's merchant number is sent, unless the field
	 * named here is filled.
	 */
	merchantUnless?: string;
	/** n8n's own form field; `name` is the camelCase of `wire`. */
	property: INodeProperties;
}

/** One endpoint, in the order of WeChat Pay's page. */
export interface Operation {
	name: string;
	value: string;
	action: string;
	description: string;
	/** WeChat Pay's page. */
	docs: string;
	/** What users get wrong, shown above the fields. */
	notice: string;

	method: 'POST';
	/** With `{wire_name}` for each path field. */
	path: string;
	fields: Field[];
	/** Whether the same request may be sent again when its outcome is open. */
	repeatable: boolean;
	/** The wire name by which people know an item. */
	namedBy: string;
	/** What happened to an item that succeeded, as in "2 committed". */
	done: string;
}

/** A group of operations in the form. */
export interface Resource {
	name: string;
	value: string;
	description: string;
	operations: Operation[];
}
