/**
 * The fake as a child process: `fork` it with the options as JSON in the first argument. It sends
 * { baseUrl, credential } once it listens, answers { id, question } with { id, answer } or
 * { id, failure }, and ends with its parent or when that disconnects.
 */
import { answerQuestion, type ChildOptions, type Question } from './questions.cts';
import { FakeWechatPay } from './server.cts';

function answer(fake: FakeWechatPay, { id, question }: { id: number; question: Question }): void {
	try {
		process.send?.({ id, answer: answerQuestion(fake, question) });
	} catch (error) {
		process.send?.({ id, failure: String(error) });
	}
}

async function serve(options: ChildOptions): Promise<void> {
	const fake = await FakeWechatPay.start(options);
	process.on('message', (message: { id: number; question: Question }) => answer(fake, message));
	process.on('disconnect', () => void fake.stop());
	process.send?.({ baseUrl: fake.baseUrl, credential: fake.credential() });
}

void serve(JSON.parse(process.argv[2] ?? '{}') as ChildOptions);
