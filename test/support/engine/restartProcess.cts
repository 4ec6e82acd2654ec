import { sentRequests } from '../../../nodes/action/execution/requestMemory.ts';

/** What a process keeps in mind is gone; WeChat Pay's records are not. */
export function restartProcess(): void {
	sentRequests.clear();
}
