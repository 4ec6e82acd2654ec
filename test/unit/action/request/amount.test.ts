import { checkFen } from '../../../../nodes/action/request/amount';

const refusal = (value: unknown): string => {
	try {
		checkFen(value);
	} catch (error) {
		return (error as Error).message;
	}
	return '';
};

it.each([
	[19.9 * 100, '1989.9999999999998, near 1990'],
	[1.1 * 100, '110.00000000000001, near 110'],
	[0.1 + 0.2 + 0.7 + Number.EPSILON * 4, 'near 1'],
])('%p is close to a whole number, which the refusal names', (value, words) => {
	expect(refusal(value)).toContain(words);
	expect(refusal(value)).toContain('in fen, a whole number');
});

it.each([
	[12.5, '12.50 yuan is 1250 fen'],
	['12.50', '12.50 yuan is 1250 fen'],
	['12.00', '12.00 yuan is 1200 fen'],
	['19.9', '19.90 yuan is 1990 fen'],
	[0.01, '0.01 yuan is 1 fen'],
	['1,234.50', '1234.50 yuan is 123450 fen'],
	['１２．５０', '12.50 yuan is 1250 fen'],
])('%p is an amount in yuan', (value, words) => {
	expect(refusal(value)).toContain(words);
});

it.each([1250, '1250', ' 1,250 ', 1, 0, '0', '', 'ten', null, 1e15])(
	'%p is left to the check of whole numbers',
	(value) => {
		expect(refusal(value)).toBe('');
	},
);
