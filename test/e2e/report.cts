/** What a run leaves behind: tallies, timings, logs and pictures, in `e2e-report/`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Ignored by git. */
export const REPORT = process.env.E2E_REPORT ?? path.join(__dirname, '..', '..', 'e2e-report');

rmSync(REPORT, { recursive: true, force: true });
mkdirSync(path.join(REPORT, 'screenshots'), { recursive: true });

/** What one scenario found. */
export interface Finding {
	/** What was checked, in words. */
	what: string;
	/** What was found. */
	found: unknown;
	/** What it must be. */
	wanted: unknown;
}

interface Section {
	name: string;
	seconds: number;
	findings: Finding[];
	notes: string[];
	failure?: string;
}

export class Report {
	private readonly sections: Section[] = [];

	/** A scenario whose findings differ from what is wanted has not passed. */
	async scenario(name: string, work: (section: ScenarioReport) => Promise<void>): Promise<void> {
		const section: Section = { name, seconds: 0, findings: [], notes: [] };
		this.sections.push(section);
		const started = Date.now();
		try {
			await work(new ScenarioReport(section));
		} catch (error) {
			section.failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
			console.log(`    BROKE OFF: ${section.failure}`);
		}
		section.seconds = (Date.now() - started) / 1000;
		this.write();
	}

	get passed(): boolean {
		return this.sections.every(isPassed);
	}

	private write(): void {
		writeFileSync(path.join(REPORT, 'report.json'), JSON.stringify(this.sections, null, '\t'));
		writeFileSync(
			path.join(REPORT, 'report.md'),
			`# End to end\n\n${this.sections.map(page).join('\n\n')}\n`,
		);
	}

	/** One line for each scenario. */
	summary(): string {
		return this.sections
			.map(
				(section) =>
					`${isPassed(section) ? 'passed' : 'FAILED'}  ${section.name} (${section.seconds.toFixed(1)} s)`,
			)
			.join('\n');
	}
}

export class ScenarioReport {
	constructor(private readonly section: Section) {}

	/** Keeps what was found beside what is wanted; the scenario goes on either way. */
	check(what: string, found: unknown, wanted: unknown): void {
		this.section.findings.push({ what, found, wanted });
		const mark = isSame(found, wanted) ? 'ok    ' : 'DIFFERS';
		console.log(`    ${mark} ${what}: ${JSON.stringify(found)}`);
		if (mark !== 'ok    ') console.log(`            wanted ${JSON.stringify(wanted)}`);
	}

	note(text: string): void {
		this.section.notes.push(text);
		console.log(`    ${text}`);
	}
}

function isPassed({ failure, findings }: Section): boolean {
	return failure === undefined && findings.every(({ found, wanted }) => isSame(found, wanted));
}

function isSame(found: unknown, wanted: unknown): boolean {
	return JSON.stringify(found) === JSON.stringify(wanted);
}

function page(section: Section): string {
	const { name, seconds, findings, notes, failure } = section;
	const rows = findings.map(({ what, found, wanted }) => {
		const verdict = isSame(found, wanted)
			? 'as wanted'
			: `**wanted** \`${JSON.stringify(wanted)}\``;
		return `| ${what} | \`${JSON.stringify(found)}\` | ${verdict} |`;
	});
	return [
		`## ${name}: ${isPassed(section) ? 'passed' : 'FAILED'} (${seconds.toFixed(1)} s)`,
		rows.length > 0 ? ['| What | Found | |', '| --- | --- | --- |', ...rows].join('\n') : '',
		notes.map((note) => `- ${note}`).join('\n'),
		failure ? `\`\`\`\n${failure}\n\`\`\`` : '',
	]
		.filter(Boolean)
		.join('\n\n');
}
