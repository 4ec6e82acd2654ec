/** Thrown to whoever waits for a turn when the execution is cancelled. */
export class ExecutionCancelled extends Error {
	override readonly name = 'ExecutionCancelled';
}
