/** Thrown to whoever waits for something when the execution is cancelled. */
export class ExecutionCancelled extends Error {
	override readonly name = 'ExecutionCancelled';

	constructor() {
		super('The execution was cancelled');
	}
}
