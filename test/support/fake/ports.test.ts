import { FakeWechatPay } from './server.cts';

it('never listens where one before it did, for clients remember what they learn of a base URL', async () => {
	const urls = new Set<string>();
	// The system would give out one of them twice among so many.
	for (let count = 1; count <= 600; count += 1) {
		const fake = await FakeWechatPay.start({ tls: false });
		await fake.stop();
		urls.add(fake.baseUrl);
	}
	expect(urls.size).toBe(600);
});
