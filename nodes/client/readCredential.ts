import { rethrow } from '../apiv3/attempt';
import type { CredentialValues } from '../apiv3/merchantConfig';
import { reasonSentence } from './errors/reason';

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
				`The WeChat Pay credential can't be read: ${reasonSentence(reason)} Select the credential in the node, or enter its values again`,
			),
	);
}
