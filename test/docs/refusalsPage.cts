import { knownErrors } from '../catalogue.cts';

/** docs/refusals.md: every known refusal, what it means and what to do. */
export function refusalsPage(): string {
	const rows = knownErrors.map(
		({ status, code, messageIncludes, meaning, advice, retryableAfterFix }) =>
			`| ${status} | \`${code}\` | ${(messageIncludes ?? []).join(', ')} | ${meaning} | ${advice} | ${retryableAfterFix ? 'yes' : ''} |`,
	);
	return `# What WeChat Pay may refuse, and what to do

The same code has several meanings, which the node tells apart by WeChat Pay's text (kept in \`error.raw_message\`). "Again"
says whether the same item may be run again as it is once the cause is mended (\`error.repeatable\`).

| HTTP | Code | WeChat Pay's text has | Meaning | What to do | Again |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
| 5xx | \`SYSTEM_ERROR\`, \`SERVICE_UNAVAILABLE\` | | WeChat Pay can not say whether it was done (\`unknown\`) | Run the item again with the same values; what must not be repeated blindly says how to look first. | yes |

Codes of our own, for answers that say "done" but can not be trusted (\`unknown\`): \`MISSING_HEADER\`, \`UNSUPPORTED_TYPE\`,
\`CLOCK\`, \`PROBE\` (WeChat Pay's own test signature), \`UNKNOWN_SERIAL\`, \`BAD_SIGNATURE\`. Codes in capitals that start with
\`E\`, such as \`ECONNRESET\` or \`ETIMEDOUT\`, come from the connection.

Written by \`npm run docs\` from \`nodes/client/response/knownErrors.ts\`.
`;
}
