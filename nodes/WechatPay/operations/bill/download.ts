import type { FileShape } from '../../../action/spec';

/** 下载账单, at the address that the response before gave: its host, path and query are used as they came. */
export const downloadBill: FileShape['endpoint'] = {
	method: 'GET',
	path: '/v3/billdownload/file',
	fields: [],
	resendable: true,
	repeatable: true,
	knownErrors: [
		{
			status: 400,
			code: 'INVALID_REQUEST',
			meaning: 'the address of the file has expired',
			advice: 'Run this item again, which asks for another one.',
			retryableAfterFix: true,
		},
		{
			status: 403,
			code: 'NO_AUTH',
			meaning: 'the file belongs to another merchant than the one that asks',
			advice: 'Use the credential of the merchant whose bill it is.',
			retryableAfterFix: true,
		},
	],
};

export const CSV: FileShape['type'] = { extension: 'csv', mimeType: 'text/csv' };
