/** The fields that the form does not have yet, given as JSON. */
import { readJson } from '../../nodes/WechatPay/run/additionalJson';
import { FieldViolation } from '../../nodes/WechatPay/run/values';

it.each([
	['text', '{"new_field": "好", "a1": {"list": [1, true]}}'],
	['an object', { new_field: '好', a1: { list: [1, true] } }],
])('is read from %s', (_, given) => {
	expect(readJson(given, ['other'])).toEqual({ new_field: '好', a1: { list: [1, true] } });
});

it.each(['', ' \n', 'null', null, undefined, {}, '{}'])('is empty for %p', (given) => {
	expect(readJson(given, [])).toEqual({});
});

it.each<[string, unknown, string, string | undefined]>([
	['no JSON', '{"a": }', 'is not valid JSON (', undefined],
	['a list', '[]', 'must be one JSON object', undefined],
	['a number', 7, 'must be one JSON object', undefined],
	['a text in JSON', '"a"', 'must be one JSON object', undefined],
	['a capital letter', { newField: 1 }, 'names "newField", which is no name', 'newField'],
	['a digit first', { '1a': 1 }, 'names "1a", which is no name', '1a'],
	['a hyphen', { 'a-b': 1 }, 'names "a-b", which is no name', 'a-b'],
	['a name of one of the form', { taken: 1 }, 'names taken, which the form also sets', 'taken'],
	['null', { a: null }, 'has null in a: leave the field out', 'a'],
	['null deep within', { a: { b: [null] } }, 'has null in a.b.0: leave the field out', 'a.b.0'],
	['an emoji', { a: '😀' }, 'has emoji or other characters of four bytes in a', 'a'],
	['an emoji deep within', { a: { b: 'x😀' } }, 'characters of four bytes in a.b', 'a.b'],
])('is refused with %s', (_, given, rule, field) => {
	let violation: unknown = 'it was taken';
	try {
		violation = readJson(given, ['taken']);
	} catch (error) {
		violation = error;
	}
	expect(violation).toBeInstanceOf(FieldViolation);
	expect(violation).toMatchObject({ message: expect.stringContaining(rule), field });
	expect(violation).toHaveProperty(
		'message',
		expect.stringMatching(/^'Additional Fields \(JSON\)' /),
	);
});
