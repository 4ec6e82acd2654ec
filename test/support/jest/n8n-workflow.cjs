/** Loaded once for all tests, see environment.cjs; but its sleep goes by the clock of the test, which may be a fake one. */
const sleep = async (ms) => {
	await new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
};

module.exports = { ...globalThis.requireN8n('n8n-workflow'), __esModule: true, sleep };
