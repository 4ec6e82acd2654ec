/** POST /v3/security/echo, WeChat Pay's self-test (docs/protocol.md, Self-test). Its notification is not sent. */
import { ok, type Answer, type Call } from './call.cts';
import { decrypt, namedKey } from './rules/encrypted.cts';
import { optional, readBody, readQuery, text } from './rules/fields.cts';
import { notFound } from './rules/refusal.cts';

const BODY = {
	echo_message: text(1, 1024),
	encrypted_echo_message: optional(text(1, 1024)),
	notify_url: optional(text(1, 256, /^https:\/\/[^?]+$/)),
};

/** 200 with the message that was sent. */
export function echo(call: Call): Answer {
	if (!call.selfTest) throw notFound('RESOURCE_NOT_EXISTS', '资源不存在或无可用');
	readQuery(call.request.url, {});
	// The self-test wants to be told which key is used even when nothing is encrypted.
	const key = namedKey(call);
	const body = readBody(call.request, BODY);
	if (body.encrypted_echo_message !== undefined) {
		decrypt(key, body.encrypted_echo_message as string, 'encrypted_echo_message', 'body');
	}
	return ok({ echo_message: body.echo_message });
}
