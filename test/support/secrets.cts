/** Searching whatever leaves the node for secrets. */
import { inspect } from 'node:util';

/** Everything that hangs on a value, hidden parts, stacks and causes included, as text. */
export function everythingIn(value: unknown): string {
	return inspect(value, { depth: Infinity, maxStringLength: null, showHidden: true });
}

/** Every way in which a secret might be written, and parts of it long enough to be worth something. */
export function writings(secret: string): string[] {
	const lines = secret.split('\n').filter((line) => line.length > 20 && !line.includes('-----'));
	const whole = [secret, ...lines];
	const all = whole.flatMap((text) => [
		text,
		text.slice(0, 24),
		Buffer.from(text).toString('base64').slice(0, 24),
		Buffer.from(text).toString('hex').slice(0, 32),
		encodeURIComponent(text).slice(0, 24),
		JSON.stringify(text).slice(1, 25),
	]);
	return all.filter(isTelling);
}

const isTelling = (text: string) => !/^(-----BEGIN|LS0tLS1CRUdJTi|2d2d2d2d2d)/.test(text);
