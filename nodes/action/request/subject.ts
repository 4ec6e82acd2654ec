import type { Field, Parameter } from '../spec';

/** Names of things: a card, a code, an order, a merchant, an AppID, a request …, and where notifications are to go. */
export const NAME_OF_A_THING = /(^|_)(id|no|code|mchid|appid|openid)$|^notify_url$/;

/**
 * What a response has to repeat unchanged, where it repeats it: names of things, choices, and all that path and query
 * ask for; and amounts of money. Left out is what WeChat Pay may rightly bring into another form: texts for people (trimmed), addresses of
 * images and pages (hosted elsewhere), times (of another time zone), and other numbers and switches (set by other rules of the
 * card, such as a stock that follows from the codes deposited).
 *
 * @param values checked values by wire name
 * @returns those values, as they stand in the request
 */
export function subjectOf(
	fields: Field[],
	values: Record<string, unknown>,
): Record<string, unknown> {
	const entries = fields.flatMap((field): Array<[string, unknown]> => {
		const value = values[field.wireName];
		if (field.sensitive || field.isWish || value === undefined) return [];
		if (!field.property && typeof value === 'object') {
			return [[field.wireName, subjectOf(field.fields ?? [], value as Record<string, unknown>)]];
		}
		return isRepeated(field) ? [[field.wireName, value]] : [];
	});
	return Object.fromEntries(entries);
}

function isRepeated(field: Field & Partial<Parameter>): boolean {
	const { wireName, property, list, fen, in: place, narrows } = field;
	if (narrows) return false;
	if (fen) return true;
	if (place === 'path' || place === 'query' || property?.type === 'options') return true;
	return NAME_OF_A_THING.test(wireName) && !isWish(wireName, list, place);
}

/** The code for a new card: WeChat Pay takes it only where the code mode of the card is REAL_TIME, else it chooses one. */
function isWish(wireName: string, list?: true, place?: string): boolean {
	return wireName === 'code' && place === 'body' && !list;
}
