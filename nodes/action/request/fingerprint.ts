import { createHmac, randomBytes } from 'node:crypto';

/** Of this process: a hash by it cannot be compared with guesses, whatever it gets into. */
const SALT = randomBytes(32);

/** @returns a hash that tells equal values from others, within this process only */
export function fingerprint(values: unknown): string {
	return createHmac('sha256', SALT).update(JSON.stringify(values)).digest('base64');
}
