import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

/** n8n's `methods.credentialTest` of each node: the Test button, loaded when it is pressed. */
export const credentialTest = {
	async wechatPayApiTest(
		this: ICredentialTestFunctions,
		credential: ICredentialsDecrypted,
	): Promise<INodeCredentialTestResult> {
		const { testCredential } = await import('./credentialTest');
		return await testCredential.call(this, credential);
	},
};
