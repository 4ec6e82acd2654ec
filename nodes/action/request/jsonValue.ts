import { invisibleIn, isFourBytes, unevaluatedIn } from './validators';

/**
 * What is wrong with a value, and the way out. WeChat Pay takes no null and no characters of four bytes (protocol.md
 * a.5); what JSON can't hold would be sent as something else, or not at all.
 */
export function objectionTo(value: unknown): [what: string, wayOut: string] | undefined {
	if (value === null) return ['null', ': leave the field out instead'];
	if (value === undefined || typeof value === 'boolean') return undefined;
	if (typeof value === 'string') {
		return objectionToText(value);
	}
	if (Number.isFinite(value)) {
		const isExact = Number.isSafeInteger(value) || !Number.isInteger(value);
		return isExact ? undefined : ['a number too long to be exact', ': put it in quotes'];
	}
	if (Array.isArray(value) || isPlainObject(value)) return undefined;
	return ['something other than text, numbers, lists and objects', ': map a value of these'];
}

function objectionToText(value: string): [what: string, wayOut: string] | undefined {
	if (isFourBytes(value)) return ['emoji or other characters of four bytes', ''];
	const invisible = invisibleIn(value);
	if (invisible) return [`an invisible character (${invisible})`, ': delete it'];
	const unevaluated = unevaluatedIn(value);
	if (unevaluated) {
		return [
			`'${unevaluated}'`,
			': an expression was not evaluated or found no value, map the value itself',
		];
	}
	return undefined;
}

/** Expressions come from another world, where Object is another class. */
function isPlainObject(value: unknown): boolean {
	return Object.prototype.toString.call(value) === '[object Object]';
}
