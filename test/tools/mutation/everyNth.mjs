/** Tests only every n-th mutant, for a score that takes minutes instead of hours; `npm run mutation -- --every 10`. */
import { CheckStatus } from '@stryker-mutator/api/check';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

class EveryNth {
	async init() {}

	/** Stryker numbers the mutants; those that are left out do not count, as if they could not be compiled. */
	async check(mutants) {
		const every = Number(process.env.MUTATION_EVERY);
		const statusOf = ({ id }) =>
			Number(id) % every === 0
				? { status: CheckStatus.Passed }
				: { status: CheckStatus.CompileError, reason: 'not in the sample' };
		return Object.fromEntries(mutants.map((mutant) => [mutant.id, statusOf(mutant)]));
	}

	group(mutants) {
		return [mutants.map(({ id }) => id)];
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'every-nth', EveryNth)];
