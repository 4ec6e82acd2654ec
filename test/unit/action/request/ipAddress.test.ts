import { ipAddress } from '../../../../nodes/action/request/ipAddress';

it.each([
	['14.23.150.211', '14.23.150.211'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['::FFFF:203.0.113.7', '203.0.113.7'],
	['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
	['2001:db8::1', '2001:db8::1'],
	['2001:0DB8:85a3:0000:0000:8a2e:0370:7334', '2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
	['64:ff9b::192.0.2.33', '64:ff9b::192.0.2.33'],
])('%s goes out as %s', (written, sent) => {
	expect(ipAddress(written, true)).toBe(sent);
});

it.each([
	'127.0.0.1',
	'10.0.0.2',
	'192.168.1.4',
	'172.16.9.9',
	'100.64.0.1',
	'::1',
	'fd00::7',
	'::ffff:10.0.0.1',
])('%s is none of the internet', (written) => {
	expect(() => ipAddress(written, true)).toThrow('X-Forwarded-For');
	expect(ipAddress(written, false)).not.toBe('');
});

it.each(['203.0.113.7, 10.0.0.2', '203.0.113.7,10.0.0.2', '203.0.113.7 10.0.0.2'])(
	'%s is a list, whose first entry is named',
	(written) => {
		expect(() => ipAddress(written, false)).toThrow('usually the first (203.0.113.7)');
	},
);

it.each([
	'256.1.1.1',
	'1.2.3',
	'shop.example',
	'1::2::3',
	'1:2:3:4:5:6:7:8:9',
	'12345::',
	':1',
	'1.2.3.4:80',
	'::1.2.3',
])('%s is no address', (written) => {
	expect(() => ipAddress(written, false)).toThrow('must be an IP address');
});
