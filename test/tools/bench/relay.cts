/**
 * A network that is far away: hands the bytes of each connection on, late. It runs in a process of its own.
 *
 * The kernel completes a connection to loopback at once; over a distance that takes a round trip more, before the client
 * can send anything. So the first bytes of the client wait that much longer. No loss, no limit of the bandwidth.
 *
 * Arguments: the port to hand on to, and the round trip in ms. Its ready message has its own port.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { answerParent } from '../../support/child.cts';

const [port, roundTrip] = process.argv.slice(2).map(Number);

/** Hands on what comes, in its order. @param handshake what the first bytes wait for beside the way, in ms */
function handOn(from: Socket, to: Socket, handshake: number): void {
	const way = roundTrip / 2;
	const openAt = performance.now() + handshake;
	const late = (work: () => void) => {
		setTimeout(work, way + Math.max(0, openAt - performance.now()));
	};
	from.on('data', (bytes: Buffer) => late(() => to.write(bytes)));
	from.on('end', () => late(() => to.end()));
	from.on('error', () => to.destroy());
}

const server = createServer({ noDelay: true }, (client) => {
	const host = connect({ port, host: '127.0.0.1', noDelay: true });
	handOn(client, host, roundTrip);
	handOn(host, client, 0);
});

server.listen(0, '127.0.0.1', () => {
	answerParent(
		{ port: (server.address() as AddressInfo).port },
		() => undefined,
		() => process.exit(0),
	);
});
