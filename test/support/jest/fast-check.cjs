/** Loaded once for all tests, see environment.cjs: the table of all characters that it makes takes seconds. */
module.exports = globalThis.requireFastCheck();
