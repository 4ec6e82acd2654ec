/**
 * index.d.ts is written by hand, for its documentation; `npm run typecheck` compares it with the sources here. An error in
 * this file means that the two have drifted apart.
 */
import type { WechatPayApi } from '../../credentials/WechatPayApi.credentials';
import type * as declared from '../../index';
import type * as cipher from '../../nodes/apiv3/cipher';
import type * as headers from '../../nodes/apiv3/headers';
import type * as keys from '../../nodes/apiv3/keys';
import type * as signature from '../../nodes/apiv3/signature';
import type * as testNotification from '../../nodes/apiv3/testNotification';
import type * as verification from '../../nodes/apiv3/verification';
import type { WechatPay } from '../../nodes/WechatPay/WechatPay.node';
import type { WechatPayMemberCard } from '../../nodes/WechatPayMemberCard/WechatPayMemberCard.node';
import type { WechatPayTrigger } from '../../nodes/WechatPayTrigger/WechatPayTrigger.node';

type Declared = typeof declared;

/** True for types that are the same in every respect, optional members included. */
type IsSame<A, B> =
	(<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A type error unless its argument is true. */
type Holds<Condition extends true> = Condition;

/** What `index.js` exports of the sources. */
interface Sources {
	authorization: typeof signature.authorization;
	certificateSerial: typeof keys.certificateSerial;
	decryptField: typeof cipher.decryptField;
	decryptResource: typeof cipher.decryptResource;
	encryptField: typeof cipher.encryptField;
	readPrivateKey: typeof keys.readPrivateKey;
	readPublicKey: typeof keys.readPublicKey;
	requestMessage: typeof signature.requestMessage;
	responseMessage: typeof signature.responseMessage;
	sign: typeof signature.sign;
	signTestNotification: typeof testNotification.signTestNotification;
	verify: typeof verification.verify;
	verifyHttp: typeof verification.verifyHttp;
}

/** The parameters and the result of each function. */
type Signatures<Functions> = {
	[Name in keyof Functions]: Functions[Name] extends (...given: infer Given) => infer Result
		? [Given, Result]
		: never;
};

export type Checks = [
	Holds<IsSame<Signatures<Pick<Declared, keyof Sources>>, Signatures<Sources>>>,
	Holds<
		IsSame<
			keyof Declared,
			keyof Sources | 'WechatPay' | 'WechatPayApi' | 'WechatPayMemberCard' | 'WechatPayTrigger'
		>
	>,
	Holds<IsSame<declared.HttpHeaders, headers.HttpHeaders>>,
	Holds<IsSame<declared.VerificationReason, verification.VerificationReason>>,
	Holds<IsSame<declared.WechatPayApi, WechatPayApi>>,
	// The sources say which methods there are.
	Holds<WechatPay extends declared.WechatPay ? true : false>,
	Holds<IsSame<keyof WechatPay, keyof declared.WechatPay>>,
	Holds<WechatPayMemberCard extends declared.WechatPayMemberCard ? true : false>,
	Holds<IsSame<keyof WechatPayMemberCard, keyof declared.WechatPayMemberCard>>,
	Holds<WechatPayTrigger extends declared.WechatPayTrigger ? true : false>,
	Holds<IsSame<keyof WechatPayTrigger, keyof declared.WechatPayTrigger>>,
	Holds<declared.KeyFormatError extends { expected: string; found: string } ? true : false>,
	Holds<keys.KeyFormatError extends declared.KeyFormatError ? true : false>,
];
