import { readMerchantPair } from '../../../nodes/apiv3/merchantConfig';
import type { PlatformCertificate } from '../../../nodes/apiv3/certificateList';
import { readCertificateList } from '../../../nodes/apiv3/certificateList';
import { certificateEntry } from '../../support/fake/certificates.cts';
import type { PlatformCertificate as Certificate } from '../../support/fake/keys.cts';
import { MERCHANT } from '../../support/fake/keys.cts';

export const OWN = readMerchantPair({
	serialNo: MERCHANT.serialNo,
	privateKey: MERCHANT.privateKeyPem,
});

/** The body of WeChat Pay's list, its `data` as it is or changed. */
export function listBody(
	certificates: Certificate[],
	edit: (data: Array<ReturnType<typeof certificateEntry>>) => unknown = (data) => data,
): Buffer {
	return Buffer.from(JSON.stringify({ data: edit(certificates.map(certificateEntry)) }));
}

/** The list as the package reads it. */
export function readList(certificates: Certificate[]): PlatformCertificate[] {
	return readCertificateList(listBody(certificates), MERCHANT.apiV3Key, OWN);
}
