/** n8n's log, down to its smallest lines; a `.cts` file because it reaches into n8n. */
import { LoggerProxy } from 'n8n-workflow';

declare global {
	/** See test/support/jest/environment.cjs. */
	var requireN8n: (name: string) => unknown;
}

/** Everything that was logged, with what was logged beside it. */
export const lines: unknown[] = [];

const keep = (...line: unknown[]) => void lines.push(line);

const logger = { error: keep, warn: keep, info: keep, debug: keep, scoped: () => logger };

/** From now on, n8n logs here. */
export function captureLog(): void {
	const { Logger } = requireN8n('@n8n/backend-common') as { Logger: unknown };
	const { Container } = requireN8n('@n8n/di') as {
		Container: { set(id: unknown, to: object): void };
	};
	Container.set(Logger, logger);
	LoggerProxy.init(logger);
}
