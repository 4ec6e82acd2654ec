/** The domains that a credential is restricted to, as n8n's form holds them; undefined where it is not. */
function listOf(credential: object): string | undefined {
	const { allowedHttpRequestDomains, allowedDomains: list } = credential as Record<string, unknown>;
	if (allowedHttpRequestDomains !== 'domains') return undefined;
	// An empty list allows nothing; n8n would read an empty text as no restriction.
	return String(list ?? '').trim() || 'no-domain.invalid';
}

/** n8n keeps the credential's list of domains from its own nodes only; ours keeps to it too. */
export function allowedDomains(credential: object): { allowedDomains?: string } {
	const list = listOf(credential);
	return list === undefined ? {} : { allowedDomains: list };
}

/** Whether n8n will let a request to this origin pass; its own test for it differs from version to version. */
export function isAllowed(origin: string, credential: object): boolean {
	const host = new URL(origin).hostname;
	const names = listOf(credential)?.split(',') ?? [host];
	return names
		.map((name) => name.trim().toLowerCase().replace(/\.$/, ''))
		.some((name) => name === host || (/^\*\../.test(name) && host.endsWith(name.slice(1))));
}
