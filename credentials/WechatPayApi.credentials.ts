import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { toMerchant, signedHeaders } from '../nodes/apiv3/merchant';
import { DEFAULT_BASE_URL, LABEL, MAIN_BASE_URLS } from '../nodes/apiv3/merchantConfig';
import { exactRequest } from './exactRequest';
import { checkSignedHost } from './signedHost';

// The lint knows a secret by names such as apiKey; this one is spelled differently and is a secret all the same.
const MASKED = { password: true };

/** A WeChat Pay merchant: what signs every request and what verifies every response. */
export class WechatPayApi implements ICredentialType {
	name = 'wechatPayApi';

	displayName = 'WeChat Pay API';

	icon = {
		light: 'file:../icons/wechatpay.svg',
		dark: 'file:../icons/wechatpay.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-wechatpay/n8n-nodes-wechatpay?tab=readme-ov-file#credentials';

	properties: INodeProperties[] = [
		{
			displayName: LABEL.mchid,
			name: 'mchid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1900000109',
			description: 'The merchant number (<code>mchid</code>) that signs and that created the card',
			hint: 'See the merchant platform (pay.weixin.qq.com) > Account center > Merchant information.',
		},
		{
			displayName: LABEL.serialNo,
			name: 'serialNo',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
			description:
				'Serial number of the merchant API certificate, in hexadecimal. It belongs to the private key below.',
			hint: 'See the merchant platform > Account center > API security > Merchant API certificate > Manage.',
		},
		{
			displayName: LABEL.privateKey,
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 6 },
			required: true,
			default: '',
			placeholder: '-----BEGIN PRIVATE KEY-----',
			description: 'The whole content of <code>apiclient_key.pem</code>. It never leaves n8n.',
			hint: 'Paste apiclient_key.pem, from the ZIP file that the WeChat Pay certificate tool wrote.',
		},
		{
			displayName: LABEL.verification,
			name: 'verification',
			type: 'options',
			options: [
				{
					name: 'WeChat Pay Public Key',
					value: 'publicKey',
					description: 'For merchants since late 2024, and for all who have switched to it',
				},
				{
					name: 'Platform Certificates',
					value: 'platformCertificate',
					description: 'For older merchants who have not switched',
				},
				{
					name: 'Both',
					value: 'both',
					description: 'While the merchant moves from platform certificates to the public key',
				},
			],
			default: 'publicKey',
			description: "Which of WeChat Pay's keys its responses are verified with",
			hint: 'The merchant platform > Account center > API security shows which of the two your merchant has.',
		},
		{
			displayName: LABEL.publicKeyId,
			name: 'publicKeyId',
			type: 'string',
			required: true,
			displayOptions: { show: { verification: ['publicKey', 'both'] } },
			default: '',
			placeholder: 'e.g. PUB_KEY_ID_0114232134912410000000000000',
			hint: 'See the merchant platform > Account center > API security > WeChat Pay public key.',
		},
		{
			displayName: LABEL.publicKey,
			name: 'publicKey',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			displayOptions: { show: { verification: ['publicKey', 'both'] } },
			default: '',
			placeholder: '-----BEGIN PUBLIC KEY-----',
			description: 'The whole content of <code>pub_key.pem</code>',
			hint: 'Paste pub_key.pem, from the merchant platform > Account center > API security > WeChat Pay public key > Download.',
		},
		{
			displayName: LABEL.platformCertificates,
			name: 'platformCertificates',
			type: 'string',
			typeOptions: { password: true, rows: 6 },
			displayOptions: { show: { verification: ['platformCertificate', 'both'] } },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description:
				"WeChat Pay's own certificates, one or several, one after the other; not the merchant's. Pasted ones have to be replaced here when WeChat Pay renews them.",
			hint: `Leave empty to have the nodes download them, with the '${LABEL.apiV3Key}' below, and keep up with new ones.`,
		},
		{
			displayName: LABEL.apiV3Key,
			name: 'apiV3Key',
			type: 'string',
			typeOptions: MASKED,
			default: '',
			description: 'The 32 characters that you set yourself; it is another key than the APIv2 key',
			hint: 'Notifications and the download of platform certificates need it. See the merchant platform > Account center > API security > APIv3 key.',
		},
		{
			displayName: LABEL.brandId,
			name: 'brandId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1004',
			description:
				'The WeChat Pay brand whose cards the nodes list and create, unless they name another',
			hint: 'Leave empty if you do not work with cards.',
		},
		{
			displayName: LABEL.appid,
			name: 'appid',
			type: 'string',
			default: '',
			placeholder: 'e.g. wxea9c30890f48d5ae',
			description:
				'The service account bound to the brand: it owns the cards, and openids belong to it',
			hint: 'Leave empty if you do not work with cards.',
		},
		{
			displayName: LABEL.baseUrl,
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description: 'It must use https and have no path',
			hint: 'Change it only for a proxy of your own.',
		},
		{
			displayName: LABEL.backupHost,
			name: 'backupHost',
			type: 'boolean',
			displayOptions: { show: { baseUrl: MAIN_BASE_URLS } },
			default: true,
			description:
				"Whether requests go to WeChat Pay's backup host, api2.mch.weixin.qq.com, for some minutes after no connection to the main host could be established",
		},
	];

	/**
	 * Signs a request of the WeChat Pay node or of n8n's HTTP Request node, over the exact URL and bytes that will be
	 * sent. A field, because n8n copies the credential type with its own properties only: of a method nothing would be
	 * left, and the HTTP Request node would not offer the credential.
	 *
	 * @returns a new request; the given one is left as it was
	 * @throws CredentialValueError for a value that can't be used, Error for a host that is not WeChat Pay's or a body that
	 *   can't be signed
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const merchant = toMerchant(credentials);
		const { upload, wechatPaySerial, ...request } = exactRequest(requestOptions);
		checkSignedHost(request.url, merchant.baseUrl);
		const headers = await signedHeaders(merchant, {
			...request,
			body: upload?.signed ?? request.body,
			contentType: upload?.contentType,
			wechatPaySerial,
		});
		return { ...request, headers: { ...request.headers, ...headers } };
	};
}
