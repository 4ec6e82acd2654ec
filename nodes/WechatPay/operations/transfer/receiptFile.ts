import type { FileShape } from '../../../action/spec';

/**
 * 下载电子回单, at the address that the query gave: its host, path and query are used as they came.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013866774
 */
export const receiptFile: FileShape = {
	endpoint: {
		method: 'GET',
		path: '/v3/transferdownload/elecvoucherfile',
		fields: [],
		resendable: true,
		repeatable: true,
	},
	type: { extension: 'pdf', mimeType: 'application/pdf' },
	name: 'receipt',
	notReady: 'Run this item again in 10 minutes; most receipts are ready within an hour.',
};
