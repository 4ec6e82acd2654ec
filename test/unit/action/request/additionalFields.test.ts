/** The fields that the form does not have yet, given as JSON. */
import { readAdditionalFields } from '../../../../nodes/action/request/additionalFields';
import { FieldValidationError } from '../../../../nodes/action/request/serialize';

it.each([
	['text behind a byte order mark', '\uFEFF{"new_field": "好", "a1": {"list": [1, true]}}'],
	['text', '{"new_field": "好", "a1": {"list": [1, true]}}'],
	['an object', { new_field: '好', a1: { list: [1, true] } }],
])('is read from %s', (_, given) => {
	expect(readAdditionalFields(given, ['other'])).toEqual({
		new_field: '好',
		a1: { list: [1, true] },
	});
});

it.each([
	['a fraction', { a: 0.1 }],
	['the largest exact number', { a: Number.MAX_SAFE_INTEGER }],
	['nothing in a field', { a: undefined }],
	['twenty levels', { a: nested(20) }],
	// As expressions give it.
	['an object of another world', { a: Object.create(null) as object }],
])('takes %s', (_, given) => {
	expect(readAdditionalFields(given, [])).toEqual(given);
});

/** Lists in lists; the innermost one is empty. */
function nested(depth: number): unknown[] {
	return depth === 1 ? [] : [nested(depth - 1)];
}

it.each(['', ' \n', 'null', null, undefined, {}, '{}'])('is empty for %p', (given) => {
	expect(readAdditionalFields(given, [])).toEqual({});
});

it.each<[string, unknown, string, string | undefined]>([
	['no JSON', '{"a": }', 'is not valid JSON (', undefined],
	['a list', '[]', 'must be one JSON object', undefined],
	['a number', 7, 'must be one JSON object', undefined],
	['a text in JSON', '"a"', 'must be one JSON object', undefined],
	['a capital letter', { newField: 1 }, 'names "newField", which is no name', 'newField'],
	['a digit first', { '1a': 1 }, 'names "1a", which is no name', '1a'],
	['a hyphen', { 'a-b': 1 }, 'names "a-b", which is no name', 'a-b'],
	['a name of one of the form', { taken: 1 }, 'names taken, which the form has', 'taken'],
	['null', { a: null }, 'has null in a: leave the field out', 'a'],
	['null deep within', { a: { b: [null] } }, 'has null in a.b.0: leave the field out', 'a.b.0'],
	['an emoji', { a: '😀' }, 'has emoji or other characters of four bytes in a', 'a'],
	['a number that is not exact', { a: 2 ** 53 }, 'in a: put it in quotes', 'a'],
	['what is no number', { a: NaN }, 'than text, numbers, lists and objects in a: map a value', 'a'],
	['a large one of no number', { a: 5n }, 'something other than text, numbers, lists', 'a'],
	['a date', { a: new Date() }, 'has something other than text', 'a'],
	['a function', { a: () => 1 }, 'has something other than text', 'a'],
	[
		'what is nested too deep',
		{ a: { b: nested(20) } },
		`is nested too deep in a.b${'.0'.repeat(19)}`,
		`a.b${'.0'.repeat(19)}`,
	],
	['what cannot be seen', { a: 'x\u200By' }, 'has an invisible character (U+200B) in a', 'a'],
	['an expression', { a: { b: '{{ $json.c }}' } }, "has '{{' in a.b: an expression was not", 'a.b'],
	['what became of an object', '{"a": "[object Object]"}', "has '[object Object]' in a", 'a'],
	['an emoji deep within', { a: { b: 'x😀' } }, 'characters of four bytes in a.b', 'a.b'],
])('is refused with %s', (_, given, rule, field) => {
	let violation: unknown = 'it was taken';
	try {
		violation = readAdditionalFields(given, ['taken']);
	} catch (error) {
		violation = error;
	}
	expect(violation).toBeInstanceOf(FieldValidationError);
	expect(violation).toMatchObject({ message: expect.stringContaining(rule), field });
	expect(violation).toHaveProperty(
		'message',
		expect.stringMatching(/^'Additional Fields \(JSON\)' /),
	);
});

it('names all that is wrong with a number, and no way out where there is none', () => {
	expect(() => readAdditionalFields({ a: 2 ** 53 }, [])).toThrow(
		new Error(
			"'Additional Fields (JSON)' has a number too long to be exact in a: put it in quotes",
		),
	);
	expect(() => readAdditionalFields({ a: '😀' }, [])).toThrow(
		new Error("'Additional Fields (JSON)' has emoji or other characters of four bytes in a"),
	);
});
