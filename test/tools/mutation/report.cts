/** What Stryker's report says (mutation-testing-report-schema), as far as it is used here. */
export interface Report {
	files: Record<string, { source: string; mutants: Mutant[] }>;
}

interface Mutant {
	/** A number. */
	id: string;
	mutatorName: string;
	replacement?: string;
	status: string;
	/** Lines and columns begin with 1. */
	location: { start: Position; end: Position };
}

interface Position {
	line: number;
	column: number;
}

/** The counts of a file, or of all. */
export interface Counts {
	name: string;
	/** In percent of those that count. */
	score: number;
	killed: number;
	timeout: number;
	survived: number;
	/** No test comes by. */
	uncovered: number;
	/** Ignored, or such that a file of tests could not even be loaded. */
	invalid: number;
}

/** @returns the report without the mutants that a sample leaves out; no test comes by some of them, which Stryker tells of all */
export function sampled({ files }: Report, every: number): Report {
	const inSample = ({ id }: Mutant) => Number(id) % every === 0;
	const entries = Object.entries(files).map(([file, { source, mutants }]) => {
		return [file, { source, mutants: mutants.filter(inSample) }] as const;
	});
	return { files: Object.fromEntries(entries) };
}

/** @returns the counts of each file, and of all together at the end */
export function counted({ files }: Report): Counts[] {
	const all = Object.values(files).flatMap(({ mutants }) => mutants);
	return [
		...Object.entries(files).map(([file, { mutants }]) => countsOf(file, mutants)),
		countsOf('all', all),
	];
}

function countsOf(name: string, mutants: Mutant[]): Counts {
	const count = (...wanted: string[]) =>
		mutants.filter(({ status }) => wanted.includes(status)).length;
	const [killed, timeout] = [count('Killed'), count('Timeout')];
	const [survived, uncovered] = [count('Survived'), count('NoCoverage')];
	const detected = killed + timeout;
	const score = (100 * detected) / Math.max(1, detected + survived + uncovered);
	const invalid = mutants.length - detected - survived - uncovered;
	return { name, score, killed, timeout, survived, uncovered, invalid };
}

/** A mutant by its lines, so that edits elsewhere in the file do not matter. */
export interface Survivor {
	file: string;
	/** The line, or the first of several. */
	before: string;
	after: string;
	/** Why no test has to notice. */
	reason?: string;
}

/** @returns the mutants with these results, as lines before and after, so that they are found again after an edit */
export function mutantsOf({ files }: Report, ...wanted: string[]): Survivor[] {
	return Object.entries(files).flatMap(([file, { source, mutants }]) =>
		mutants
			.filter(({ status }) => wanted.includes(status))
			.map((mutant) => ({ file, ...linesOf(source, mutant) })),
	);
}

function linesOf(source: string, { location, replacement = '' }: Mutant) {
	const lines = source.split('\n');
	const { start, end } = location;
	const first = lines[start.line - 1];
	const changed = `${first.slice(0, start.column - 1)}${replacement}${lines[end.line - 1].slice(end.column - 1)}`;
	const rest = end.line > start.line ? ' …' : '';
	return { before: `${first.trim()}${rest}`, after: changed.trim() };
}
