import type { IBinaryData } from 'n8n-workflow';

/** The bytes of a binary field of an item, which n8n's engine keeps in memory in the tests. */
export function fileOfBinary(binary: IBinaryData | undefined): Buffer {
	if (!binary || binary.id !== undefined) throw new Error('The item has no such file in memory');
	return Buffer.from(binary.data, 'base64');
}
