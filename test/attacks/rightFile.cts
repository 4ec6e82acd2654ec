/** A statement as WeChat Pay hands it out: what names the file, and the file itself, which is not signed. */
import { constants, createCipheriv, createHash, publicEncrypt } from 'node:crypto';

import type { FileShape } from '../../nodes/action/spec.ts';
import { MERCHANT } from '../support/fake/keys.cts';
import { flowStatement, tradeStatement, USUAL_STYLE } from '../support/fake/trade/statements.cts';
import { completeFlow, completeTrade } from '../support/fake/trade/trades.cts';
import type { Answering, Arrived } from './target.cts';

const PATH = '/v3/billdownload/file';
const RECEIPT = Buffer.from('%PDF-1.4');
const TIME = '2026-06-30T10:34:56+08:00';
const KEY = Buffer.alloc(32, 7);
const NONCE = 'a8607ef79034c49c';
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

/** Whether a request is for a file that another response named. */
export function isDownload({ url }: Pick<Arrived, 'url'>): boolean {
	return url.startsWith(PATH);
}

/** The response that names the file, encrypted where it is in a list. */
export function rightFile({ statement }: FileShape, listField?: string): Record<string, unknown> {
	if (!statement) {
		const hash_value = createHash('sha256').update(RECEIPT).digest('hex');
		const named = { hash_type: 'SHA256', hash_value, download_url: addressOf('pdf') };
		return { state: 'FINISHED', create_time: TIME, update_time: TIME, ...named };
	}
	const isTrade = '交易时间' in statement.columns;
	const file = fileOf(isTrade ? 'trade' : 'flow');
	const kind = isTrade ? 'trade' : listField ? 'sealed' : 'flow';
	const named = {
		hash_type: 'SHA1',
		hash_value: createHash('sha1').update(file).digest('hex'),
		download_url: addressOf(kind),
	};
	if (!listField) return named;
	const encrypt_key = publicEncrypt({ key: MERCHANT.publicKey, ...OAEP }, KEY).toString('base64');
	const entry = { bill_sequence: 1, ...named, encrypt_key, nonce: NONCE };
	return { download_bill_count: 1, [listField]: [entry] };
}

const addressOf = (kind: string) => `https://api.mch.weixin.qq.com${PATH}?token=${kind}`;

/** The file itself. */
export const answerFile: Answering = (response, { url }) => {
	const kind = url.split('token=')[1];
	response.writeHead(200).end(kind === 'sealed' ? sealed(fileOf('flow')) : fileOf(kind));
};

function fileOf(kind: string): Buffer {
	if (kind === 'pdf') return RECEIPT;
	if (kind === 'trade') return tradeStatement([completeTrade({ time: 0 })], 'ALL', USUAL_STYLE);
	return flowStatement([completeFlow({ time: 0 })], USUAL_STYLE);
}

function sealed(plain: Buffer): Buffer {
	const cipher = createCipheriv('aes-256-gcm', KEY, Buffer.from(NONCE));
	return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
