/** Requests that the fake gives nothing more. Time need not pass in full for a test to see what becomes of them. */

type Listener = () => void;

let tell: Listener = () => {};

/**
 * Listens for such requests, in place of whoever did so before.
 *
 * @param listener is called once for each
 */
export function onUnanswered(listener: Listener): void {
	tell = listener;
}

/** To be called once for a request, when nothing will come that could settle it. */
export function unanswered(): void {
	tell();
}
