import { rethrow } from '../apiv3/attempt';
import type { CredentialValues } from '../apiv3/merchantConfig';

/** Where n8n hands out a decrypted credential: an execution, the editor's lists, a trigger. */
export interface CredentialSource {
	getCredentials(type: string): Promise<object>;
}

/**
 * @returns the decrypted credential of the node
 * @throws Error in words for the user, without a full stop, where n8n cannot decrypt it or finds none
 */
export async function readCredential(source: CredentialSource): Promise<CredentialValues> {
	return await rethrow(
		async () => await source.getCredentials('wechatPayApi'),
		(reason) =>
			new Error(
				`The WeChat Pay credential can't be read: ${sentence(reason)} Select the credential in the node, or enter its values again`,
			),
	);
}

function sentence(reason: unknown): string {
	const text = reason instanceof Error ? reason.message : String(reason);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
