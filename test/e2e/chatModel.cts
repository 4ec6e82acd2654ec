/** A chat model that follows a script, behind OpenAI's interface: it calls the tool, reads what came back, and is done. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ChatMessage {
	role: string;
	content?: string | Array<{ text?: string }> | null;
}

interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{ function: { name: string } }>;
}

export class ScriptedChatModel {
	/** The bodies of the requests since `willCall`, as they arrived. */
	requests: string[] = [];

	/** What the tool said, as the model got it. */
	toolMessages: string[] = [];

	private toolArguments: object = {};

	private readonly server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => this.answer(Buffer.concat(chunks).toString(), response));
	});

	static async start(): Promise<ScriptedChatModel> {
		const model = new ScriptedChatModel();
		await new Promise<void>((resolve) => model.server.listen(0, '127.0.0.1', resolve));
		return model;
	}

	/** The data of n8n's credential for it. */
	get credential(): object {
		const { port } = this.server.address() as AddressInfo;
		return { apiKey: 'sk-of-nobody', url: `http://127.0.0.1:${port}/v1` };
	}

	/** What the model will call the tool with, once. */
	willCall(toolArguments: object): void {
		this.toolArguments = toolArguments;
		this.requests = [];
		this.toolMessages = [];
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private answer(body: string, response: ServerResponse): void {
		this.requests.push(body);
		const { messages, tools = [] } = JSON.parse(body) as ChatRequest;
		this.toolMessages = messages.filter(({ role }) => role === 'tool').map(textOf);
		const isDone = this.toolMessages.length > 0 || tools.length === 0;
		const message = isDone
			? { role: 'assistant', content: 'done' }
			: callOf(tools[0].function.name, this.toolArguments);
		const choice = { index: 0, message, finish_reason: isDone ? 'stop' : 'tool_calls' };
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify(completion(choice)));
	}
}

/** A model may be sent one text or several parts. */
function textOf({ content }: ChatMessage): string {
	if (Array.isArray(content)) return content.map(({ text }) => text ?? '').join('');
	return content ?? '';
}

function callOf(name: string, toolArguments: object): object {
	const call = { name, arguments: JSON.stringify(toolArguments) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: 'call_1', type: 'function', function: call }],
	};
}

function completion(choice: object): object {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1,
		model: 'scripted',
		choices: [choice],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
