import { fingerprint } from '../../../../nodes/action/request/fingerprint';

it('tells values apart', () => {
	expect(fingerprint({ a: 1 })).toBe(fingerprint({ a: 1 }));
	expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: 2 }));
});

it('differs between processes', () => {
	jest.isolateModules(() => {
		const other = jest.requireActual<typeof import('../../../../nodes/action/request/fingerprint')>(
			'../../../../nodes/action/request/fingerprint',
		);
		expect(other.fingerprint({ a: 1 })).toBe(other.fingerprint({ a: 1 }));
		expect(other.fingerprint({ a: 1 })).not.toBe(fingerprint({ a: 1 }));
	});
});
