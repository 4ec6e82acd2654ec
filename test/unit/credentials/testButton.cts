/** The Test button of the credential, in the context that n8n gives such a test. */
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialsDecrypted, INodeCredentialTestResult } from 'n8n-workflow';

// First, for it tells n8n-core where to write.
import '../../support/engine/engine.cts';
import { WechatPay } from '../../../nodes/WechatPay/WechatPay.node.ts';

/** @returns what n8n would show for a credential with these values */
export async function pressTest(data?: object): Promise<INodeCredentialTestResult> {
	const { methods, description } = new WechatPay();
	const tests: Record<string, (this: never, credential: never) => Promise<unknown>> =
		methods.credentialTest as never;
	const { testedBy } = description.credentials?.[0] ?? {};
	const context = new CredentialTestContext();
	const credential = { id: '1', name: 'WeChat Pay', type: 'wechatPayApi', data };
	return (await tests[String(testedBy)].call(
		context as never,
		credential as ICredentialsDecrypted as never,
	)) as INodeCredentialTestResult;
}
