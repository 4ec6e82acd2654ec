/** `npm run notify`: builds and tests a workflow with a WeChat Pay Trigger before anything is live. */
import { notify } from './notifying.cts';

void notify(process.argv.slice(2), console).then((status) => {
	process.exitCode = status;
});
