import type { FailureText } from './messages';

/** Why a request was not even sent, and how often it is worth trying. */
export interface StopReason extends FailureText {
	/** Not at all, or once at another host. */
	repeat: 'never' | 'other host';
}

/** What n8n or TLS stopped; it stays so until somebody changes it, however often it is tried. */
export function stopReason(code = '', text: string): StopReason | undefined {
	if (/Domain not allowed/.test(text)) {
		return {
			repeat: 'never',
			what: "Not sent, because the credential does not allow the host of 'Base URL' (Domain not allowed)",
			wayOut:
				"Add api.mch.weixin.qq.com to 'Allowed HTTP Request Domains' of the credential, then run this item again.",
		};
	}
	if (/^The request was blocked/.test(text)) {
		return {
			repeat: 'never',
			what: 'Not sent, because n8n has blocked the host or its address (SSRF protection)',
			wayOut:
				"Have the host of 'Base URL' added to N8N_SSRF_ALLOWED_HOSTNAMES of n8n, then run this item again.",
		};
	}
	if (/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/.test(code)) {
		return {
			repeat: 'other host',
			what: `Not sent, because the TLS certificate of the host is not trusted (${code})`,
			wayOut:
				"Behind a proxy with an authority of its own, set NODE_EXTRA_CA_CERTS; else check 'Base URL' and the clock. Then run this item again.",
		};
	}
	return undefined;
}
