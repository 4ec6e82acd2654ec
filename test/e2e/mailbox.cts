/** A mail server that takes every letter and keeps it. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export class Mailbox {
	/** Every letter, its body decoded. */
	readonly letters: string[] = [];

	private constructor(private readonly server: Server) {}

	static async start(): Promise<Mailbox> {
		const server = createServer((socket) => receive(socket, (letter) => box.letters.push(letter)));
		const box = new Mailbox(server);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return box;
	}

	/** What n8n's mail nodes need. */
	get credential(): object {
		const { port } = this.server.address() as AddressInfo;
		return {
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		};
	}

	async stop(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}
}

const LETTER_END = '\r\n.\r\n';
const LINE_END = '\r\n';

/** As much of SMTP (RFC 5321) as a client needs that sends one letter and goes. */
function receive(socket: Socket, keep: (letter: string) => void): void {
	let end = LINE_END;
	let heard = '';
	socket.on('error', () => {});
	socket.setEncoding('utf8').on('data', (chunk: string) => {
		heard += chunk;
		for (let at = heard.indexOf(end); at >= 0; at = heard.indexOf(end)) {
			const text = heard.slice(0, at);
			heard = heard.slice(at + end.length);
			if (end === LETTER_END) keep(decoded(text));
			const isData = end === LINE_END && text.toUpperCase() === 'DATA';
			end = isData ? LETTER_END : LINE_END;
			socket.write(isData ? '354 go on\r\n' : '250 fine\r\n');
			if (text.toUpperCase() === 'QUIT') socket.end();
		}
	});
	socket.write('220 mailbox\r\n');
}

/** Quoted-printable (RFC 2045) or base64, as nodemailer chooses. */
function decoded(letter: string): string {
	const [head, ...body] = letter.split('\r\n\r\n');
	const text = body.join('\r\n\r\n');
	if (/^Content-Transfer-Encoding: base64/im.test(head)) {
		return Buffer.from(text, 'base64').toString();
	}
	const bytes = text
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString();
}
