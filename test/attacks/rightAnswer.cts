/** What WeChat Pay would answer to a request of an operation: what is due, about what was asked for. */
import type { PartsShape } from '../../nodes/client/types.ts';
import { CREDENTIAL } from '../support/fake/keys.cts';
import { partsOf } from './arrivals.cts';
import type { Form } from './forms.cts';
import { answerFile, isDownload, rightFile } from './rightFile.cts';
import { type Answering, answerWith, signed } from './target.cts';

type Values = Record<string, unknown>;

/** What is told beside what must be: the points of a member. Any value does for the other fields. */
const USUAL: Values = { bonus_value: 30 };

/** A signed response to each request of that form: an empty one where nothing else is due. */
export function answerRightly(form: Form): Answering {
	return (response, request) => {
		const { file, response: named } = form.operation;
		if (file && isDownload(request)) return answerFile(response, request);
		if (file) return answerWith(rightFile(file, named?.listField))(response, request);
		const parts = partsOf(request, form);
		const shape = parts?.endpoint.response;
		if (!parts || !shape) return response.writeHead(204, signed('')).end();
		const { requiredFields, listField, parts: each, state, signer } = shape;
		const ended = state && { [state.field]: [...(state.done ?? []), ...state.pending][0] };
		const own = signer === undefined ? {} : { [signer]: CREDENTIAL.mchid };
		const asked = { ...USUAL, ...own, ...ended, ...parts.body, ...parts.query, ...parts.path };
		const row = filled(requiredFields, asked);
		const rows = each ? partsDone(each, asked) : [row];
		return answerWith(listField ? { [listField]: rows, total_count: 1 } : row)(response, request);
	};
}

function filled(names: string[], asked: Values): Values {
	const first = [...names, ...Object.keys(USUAL)].map((alternatives) => alternatives.split('|')[0]);
	return Object.fromEntries(first.map((name) => [name, asked[name] ?? '1']));
}

function partsDone({ field, result, done }: PartsShape, asked: Values): Values[] {
	const codes = [asked[field] ?? []].flat();
	return codes.map((code) => ({ [field]: code, [result]: done[0] }));
}
