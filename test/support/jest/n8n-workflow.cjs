/** Loaded once for all tests, see environment.cjs; but its sleep goes by the clock of the test, which may be a fake one. */
const sleep = async (ms) => {
	await new Promise((resolve) => {
		// It cannot be taken back; one that outlives its test file must not keep the process from ending.
		setTimeout(resolve, ms).unref?.();
	});
};

module.exports = { ...globalThis.requireN8n('n8n-workflow'), __esModule: true, sleep };
