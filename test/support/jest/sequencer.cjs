/**
 * Starts the test files that take longest first, so that no worker is left alone with one at the end. Jest goes by what
 * it measured in earlier runs; on a fresh clone, where it would go by the size of the files, by this list.
 */
const { existsSync } = require('node:fs');
const path = require('node:path');

const { default: TestSequencer } = require('@jest/test-sequencer');

const LONG = [
	'attacks/items',
	'attacks/keys',
	'unit/client/storms',
	'unit/client/rateLimiter',
	'unit/client/limits',
	'attacks/leaks',
	'attacks/bound',
	'engine/outcomes',
	'engine/rotation',
	'engine/storms',
	'attacks/answers',
	'attacks/notifications',
	'engine/lists',
	'package/package',
	'unit/WechatPayTrigger/crowd',
	'unit/credentials/httpRequest',
	'engine/sending',
	'engine/certificates',
	'tools/notify/notify',
	'tools/demo/demo',
	'support/fake/rules/documented',
	'tools/demo/orders',
	'engine/backup',
	'package/types',
];

const folder = path.join(__dirname, '..', '..');
const gone = LONG.filter((name) => !existsSync(path.join(folder, `${name}.test.ts`)));
if (gone.length > 0) throw new Error(`sequencer.cjs names test files that do not exist: ${gone}`);

module.exports = class extends TestSequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
		const placeOf = ({ path: file }) => {
			const name = path.relative(folder, file);
			const place = LONG.indexOf(name.replaceAll(path.sep, '/').replace('.test.ts', ''));
			return place < 0 ? LONG.length : place;
		};
		return sorted.sort((a, b) => placeOf(a) - placeOf(b));
	}
};
