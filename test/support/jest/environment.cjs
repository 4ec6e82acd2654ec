/**
 * Jest's environment of Node, but that n8n is loaded once for each process, outside of the tests' own module registries:
 * loading it for each file anew takes longer than most tests do.
 */
const asyncHooks = require('node:async_hooks');
const { mkdtempSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

const { TestEnvironment } = require('jest-environment-node');

// As in test/support/engine/host.cts, whose environment is not that of the process.
process.env.N8N_USER_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'n8n-'));
process.env.N8N_LOG_LEVEL ??= 'silent';

// Three times as long as usual until V8 optimizes a function: most of them are thrown away with their test file before the
// work on that has paid.
v8.setFlagsFromString('--interrupt-budget=400000');

/** Where another n8n-core and n8n-workflow than the installed ones are; set by `npm run e2e`. */
const { N8N_ENGINE: otherEngine } = process.env;

/** What was made since the last test file ended. */
const storages = new Set();

/** Jest makes one for each test file. Node 20 keeps all that were used, and each makes every later promise slower. */
asyncHooks.AsyncLocalStorage = class extends asyncHooks.AsyncLocalStorage {
	constructor(...options) {
		super(...options);
		storages.add(this);
	}
};

/** What was compiled, by file: Jest loads every file anew for each test file, and compiling takes longer than running it. */
const scripts = new Map();

const { compileFunction } = vm;

vm.compileFunction = (code, names, options) => {
	const { filename, parsingContext } = options;
	// An import needs to know from which module it comes.
	if (!parsingContext || filename.endsWith('.test.ts') || code.includes('import(')) {
		return compileFunction(code, names, options);
	}
	const begin = `(function (${names.join()}) {`;
	const source = `${begin}${code}\n})`;
	const known = scripts.get(filename);
	if (known?.source === source) return known.script.runInContext(parsingContext);
	const script = new vm.Script(source, { filename, columnOffset: -begin.length });
	scripts.set(filename, { source, script });
	return script.runInContext(parsingContext);
};

module.exports = class extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.global.requireN8n = requireN8n;
		// n8n finds its proxy there.
		this.global.process.env = process.env;
		// What n8n throws and what it catches has to be an Error on either side.
		Object.setPrototypeOf(this.global.Error.prototype, Error.prototype);
		this.global.Error = Error;
	}

	/** As n8n has it. The hundred lines that Jest sets make exceptions slow, and `expect`, which makes one each time. */
	async setup() {
		await super.setup();
		Error.stackTraceLimit = 10;
	}

	/** Until the test file is loaded, all storages are Jest's. */
	handleTestEvent({ name }) {
		if (name === 'setup') storages.forEach(goByOrder);
	}

	async teardown() {
		await super.teardown();
		for (const storage of storages) storage.disable();
		storages.clear();
	}
};

/**
 * Jest keeps in a storage which test runs. They run one after the other, so that the last one that began and has not ended
 * is the one, without Node's following every promise, a tenth of the time.
 */
function goByOrder(storage) {
	const running = [];
	storage.getStore = () => running.at(-1);
	storage.run = async (store, work) => {
		running.push(store);
		try {
			return await work();
		} finally {
			running.splice(running.lastIndexOf(store), 1);
		}
	};
}

/** n8n-core, n8n-workflow, or one of the packages that n8n-core has for itself. */
function requireN8n(name) {
	const located = (n8n) => require.resolve(otherEngine ? path.join(otherEngine, n8n) : n8n);
	return name.startsWith('@n8n/')
		? createRequire(located('n8n-core'))(name)
		: require(located(name));
}
