/** Loaded once for all tests; see environment.cjs. */
module.exports = globalThis.requireN8n('n8n-core');
