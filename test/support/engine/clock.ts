/** A clock that runs on, and that a test can set forward: for our code and for the fake WeChat Pay alike. */
export class Clock {
	private ahead = 0;

	constructor() {
		const wall = Date.now.bind(Date);
		const monotonic = performance.now.bind(performance);
		jest.spyOn(Date, 'now').mockImplementation(() => wall() + this.ahead);
		jest.spyOn(performance, 'now').mockImplementation(() => monotonic() + this.ahead);
	}

	/** @param ms further ahead */
	pass(ms: number): void {
		this.ahead += ms;
	}
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
