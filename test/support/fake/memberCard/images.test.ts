import { send, type Got } from '../client.cts';
import { json, MCHID, openScene, said } from '../scene.cts';
import type { FakeWechatPay } from '../server.cts';
import { PNG, upload, type Upload } from '../rules/upload.cts';

let fake: FakeWechatPay;

beforeEach(async () => {
	fake = await openScene();
});

afterEach(async () => {
	await fake.stop();
});

const MISMATCH = '401 SIGN_ERROR 错误的签名，验签失败';
const sent = async (wanted: Upload = {}): Promise<Got> => await send(fake.baseUrl, upload(wanted));
const withHead = (head: number[] | string, size = 20) =>
	Buffer.concat([Buffer.from(head as string, 'latin1'), Buffer.alloc(size)]);
const JPEG = withHead([0xff, 0xd8, 0xff, 0xe0]);

it.each<[string, Upload]>([
	['a PNG', {}],
	['a JPEG', { bytes: JPEG, filename: 'logo.JPG', contentType: 'image/jpeg' }],
	['a JPEG as image/jpg', { bytes: JPEG, filename: 'logo.jpeg', contentType: 'image/jpg' }],
	['a BMP', { bytes: withHead('BM'), filename: '标志.bmp', contentType: 'image/bmp' }],
	['2 MB', { bytes: Buffer.concat([PNG, Buffer.alloc(2 * 1024 * 1024 - PNG.length)]) }],
	['bytes that look like a delimiter', { bytes: Buffer.concat([PNG, Buffer.from('\r\n--a-')]) }],
])('%s is taken', async (_, wanted) => {
	const got = await sent(wanted);
	expect(got.status).toBe(200);
	const [image] = fake.images;
	expect(json(got)).toEqual({ media_url: image.media_url });
	expect(image).toMatchObject({ mchid: MCHID, filename: wanted.filename ?? 'logo.png' });
	expect(image.media_url).toBe(`https://wxpaylogo.qpic.cn/wxpaylogo/${image.sha256}/0`);
	expect(image.bytes.equals(wanted.bytes ?? PNG)).toBe(true);
});

it.each<[string, Upload]>([
	['the whole body', { signedBody: upload().body as Buffer }],
	['nothing', { signedBody: '' }],
	['a meta with other blanks', { signedBody: '{ }' }],
])('the signature may not be that of %s', async (_, wanted) => {
	expect(said(await sent(wanted))).toBe(MISMATCH);
});

it.each<[string, Upload, string]>([
	['another sha256', { meta: { sha256: '0'.repeat(64) } }, '/sha256'],
	['a sha256 in capitals', { meta: { sha256: 'A'.repeat(64) } }, '/sha256'],
	['a field more in meta', { meta: { note: 'x' } }, '/note'],
	['another suffix', { filename: 'logo.gif', contentType: 'image/gif' }, '/filename'],
	['another filename in meta', { meta: { filename: 'other.png' } }, '/file'],
	['the type of another kind', { contentType: 'image/jpeg' }, '/file'],
	['the bytes of another kind', { bytes: JPEG }, '/file'],
	['a byte too many', { bytes: Buffer.concat([PNG, Buffer.alloc(2 * 1024 * 1024)]) }, '/file'],
	['a meta of another type', { metaType: 'text/plain' }, '/meta'],
	['the file first', { order: ['file', 'meta'] }, ''],
	['no file', { order: ['meta'] }, ''],
	['two files', { order: ['meta', 'file', 'file'] }, ''],
])('%s is refused', async (_, wanted, field) => {
	const got = await sent(wanted);
	expect(json(got)).toMatchObject({ code: 'PARAM_ERROR', detail: { field } });
	expect(fake.images).toEqual([]);
});

it('the boundary is the one of the header', async () => {
	const { headers, ...rest } = upload({ signedBody: upload().body as Buffer });
	for (const type of ['multipart/form-data; boundary=other', 'application/json']) {
		const got = await send(fake.baseUrl, {
			...rest,
			headers: { ...headers, 'Content-Type': type },
		});
		expect(json(got).code).toBe('PARAM_ERROR');
	}
});
