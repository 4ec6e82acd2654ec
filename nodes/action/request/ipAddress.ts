import { ValidationError } from '../spec';

const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^(?:${BYTE}\\.){3}${BYTE}$`);
/** This machine, private networks, and what is not for single hosts. */
const PRIVATE_IPV4 =
	/^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|2(?:2[4-9]|[345]\d))\./;
const PRIVATE_IPV6 = /^(?:::1?|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*)$/;
const MAPPED = /^(?:::|(?:0{1,4}:){5})ffff:(\d+\.\d+\.\d+\.\d+)$/;

/**
 * An IP address as WeChat Pay takes it.
 *
 * @param written text without blanks around
 * @param isPublic whether it must be one of the internet: for H5, WeChat Pay compares it with the payer's
 * @returns the address; an IPv4 address in the form of IPv6 as IPv4
 * @throws ValidationError; the message continues "'Label' …"
 */
export function ipAddress(written: string, isPublic: boolean): string {
	const text = written.toLowerCase();
	const [first, ...others] = text.split(/[\s,;，；]+/);
	if (others.length > 0) {
		throw new ValidationError(
			`is a list of addresses: give one of them, the payer's is usually the first (${first})`,
		);
	}
	const address = MAPPED.exec(text)?.[1] ?? text;
	if (!IPV4.test(address) && !isIpv6(address)) {
		throw new ValidationError('must be an IP address, e.g. 14.23.150.211');
	}
	if (isPublic && (PRIVATE_IPV4.test(address) || PRIVATE_IPV6.test(address))) {
		throw new ValidationError(
			`is an address of a private network or of this machine (${address}): give the payer's own, which a proxy passes on as X-Forwarded-For`,
		);
	}
	return address;
}

/** Eight groups, or fewer with one `::`; an IPv4 address may stand for the last two. */
function isIpv6(text: string): boolean {
	const halves = text.split('::');
	if (halves.length > 2 || !text.includes(':')) return false;
	const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
	const all = groups.flat();
	const last = all[all.length - 1] ?? '';
	const count = all.length + (IPV4.test(last) ? 1 : 0);
	const hex = IPV4.test(last) ? all.slice(0, -1) : all;
	return (
		hex.every((one) => /^[\da-f]{1,4}$/.test(one)) &&
		(halves.length === 2 ? count < 8 : count === 8)
	);
}
