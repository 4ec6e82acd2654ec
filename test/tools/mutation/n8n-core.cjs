/** Loaded once for all tests; see environment.cjs. */
module.exports = globalThis.requireOutside('n8n-core');
