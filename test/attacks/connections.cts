/** Where this process connects to; a `.cts` file because it looks at `node:net`. */
import { Socket, type SocketConnectOpts } from 'node:net';

/** Host and port of every connection that is opened, also of those that fail. */
export class Connections {
	readonly opened = new Set<string>();

	private readonly connect = Socket.prototype.connect;

	constructor() {
		const { opened, connect } = this;
		Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
			// Agents hand over the options within a list.
			const [options] = given.flat() as SocketConnectOpts[];
			opened.add('port' in options ? `${options.host}:${options.port}` : JSON.stringify(options));
			return connect.apply(this, given as never);
		} as Socket['connect'];
	}

	stop(): void {
		Socket.prototype.connect = this.connect;
	}
}
