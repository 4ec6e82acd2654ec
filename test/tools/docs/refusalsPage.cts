import type { ErrorGroup } from './catalogue.cts';
import { errorGroups } from './catalogue.cts';
import { ownCodesTable } from './ownCodes.cts';

/** docs/known-errors.md: every known error of WeChat Pay, what it means and what to do. */
export function knownErrorsPage(): string {
	return `# Known errors

WeChat Pay uses one code for several causes. The nodes tell them apart by the text of the response, which the error item keeps
in \`error.raw_message\`. "Run again" says whether the same item may be run again unchanged once the cause is fixed
(\`error.repeatable\`). Written by \`npm run docs\`.

${errorGroups.map(section).join('\n\n')}

## No clear result

| HTTP | Code | Meaning | What to do | Run again |
| --- | --- | --- | --- | --- |
| 5xx | \`SYSTEM_ERROR\`, \`SERVICE_UNAVAILABLE\` | WeChat Pay cannot say whether the request was processed (\`unknown\`) | Run the item again with the same values. Where that is not safe, the message says how to check first. | yes |
| 4xx | none of WeChat Pay | A proxy responded. It may have forwarded the request before (\`unknown\`). | Check the proxy and 'Base URL' of the credential; then as above. | yes |
| 202 | | WeChat Pay took the request, and has not processed it yet (\`unknown\`) | Run the item again with the same values in a few minutes. | yes |

## Codes of this package

A response that reports success, but does not confirm the request, has the outcome \`unknown\` and one of these codes:

${ownCodesTable()}

Codes that start with \`E\`, such as \`ECONNRESET\` or \`ETIMEDOUT\`, come from the network connection.
`;
}

function section({ title, errors }: ErrorGroup): string {
	const rows = errors.map(
		({ status, code, messageIncludes, messagePattern, meaning, advice, retryableAfterFix }) =>
			`| ${status} | \`${code}\` | ${messagePattern ? `\`${messagePattern.source}\`` : (messageIncludes ?? []).join(', ')} | ${meaning} | ${advice} | ${retryableAfterFix ? 'yes' : ''} |`,
	);
	return [
		`## ${title}`,
		'',
		"| HTTP | Code | WeChat Pay's text contains | Meaning | What to do | Run again |",
		'| --- | --- | --- | --- | --- | --- |',
		...rows,
	].join('\n');
}
