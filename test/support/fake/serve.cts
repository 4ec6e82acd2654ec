/** The fake as a child process, with its options as JSON in the first argument (see `startInChild`). */
import { answerParent } from '../child.cts';
import { answerQuestion, type ChildOptions, type Question } from './questions.cts';
import { FakeWechatPay } from './server.cts';

async function serve(options: ChildOptions): Promise<void> {
	const fake = await FakeWechatPay.start(options);
	const { baseUrl } = fake;
	answerParent(
		{ baseUrl, credential: fake.credential() },
		(question: Question) => answerQuestion(fake, question),
		() => void fake.stop(),
	);
}

void serve(JSON.parse(process.argv[2] ?? '{}') as ChildOptions);
