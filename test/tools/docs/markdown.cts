/** What the tests look at in a Markdown page. */

/** Links and pictures within the repository. */
export function linksOf(page: string): string[] {
	const text = withoutCode(page);
	const links = [
		...text.matchAll(/\]\(([^)\s]+)\)/g),
		...text.matchAll(/(?:src|srcset)="([^"]+)"/g),
	];
	return links.map(([, link]) => link).filter((link) => !/^[a-z]+:/.test(link));
}

/** The anchors that GitHub makes of the headings. */
export function anchorsOf(page: string): string[] {
	const seen = new Map<string, number>();
	return [...page.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
		const anchor = heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replace(/ /g, '-');
		const times = seen.get(anchor) ?? 0;
		seen.set(anchor, times + 1);
		return times === 0 ? anchor : `${anchor}-${times}`;
	});
}

/** A page without its code, links' targets and HTML. */
export function prose(page: string): string {
	return withoutCode(page)
		.replace(/\]\([^)]*\)/g, ']')
		.replace(/<[^>]*>/g, '');
}

function withoutCode(page: string): string {
	return page.replace(/^( *)```[^]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '');
}
