/** The mutants that no test has to notice, each with the reason why: `survivors.json`. */
import type { Report, Survivor } from './report.cts';
import { mutantsOf } from './report.cts';

/**
 * @returns the survivors without a reason, and the reasons without a survivor in the files of the report; a mutant that
 *   is only slower survives on one machine and runs out of time on another
 */
export function compared(
	report: Report,
	explained: Survivor[],
): Record<'unexplained' | 'outdated', Survivor[]> {
	const survivors = mutantsOf(report, 'Survived', 'NoCoverage');
	const slow = mutantsOf(report, 'Timeout');
	const known = new Set(explained.filter(({ reason }) => reason).map(keyOf));
	const alive = new Set([...survivors, ...slow].map(keyOf));
	return {
		unexplained: survivors.filter((one) => !known.has(keyOf(one))),
		outdated: explained.filter((one) => one.file in report.files && !alive.has(keyOf(one))),
	};
}

function keyOf({ file, before, after }: Survivor): string {
	return JSON.stringify([file, before, after]);
}
