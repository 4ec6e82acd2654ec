/** Breaks off work that would block n8n; a `.cts` file because it needs `node:vm`. */
import { createContext, Script } from 'node:vm';

/** Nothing that is looked at in one go takes a tenth of it, on a slow machine; what explodes takes minutes. */
const LONGEST = 10_000;

const world = createContext({ work: undefined });
const call = new Script('work()');

/**
 * Each call starts a thread that watches the time, so that what is tried with one text goes into one.
 *
 * @returns what the work returns
 * @throws what it throws, or that it took too long
 */
export function bounded<T>(work: () => T): T {
	world.work = work;
	return call.runInContext(world, { timeout: LONGEST }) as T;
}
