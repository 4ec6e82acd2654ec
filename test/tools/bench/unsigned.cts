/** Imported before all else: nobody looks at signatures in this process, for on a virtual clock only they take real time. */
import Module from 'node:module';

const file = require.resolve('../../../nodes/client/response/verifyResponse.ts');

require.cache[file] = Object.assign(new Module(file), {
	exports: { distrust: () => undefined },
	loaded: true,
});
