'use strict';

/**
 * What programs use: the nodes, the credential, and WeChat Pay APIv3's rules as pure functions. Types and documentation
 * are in index.d.ts.
 */
const { WechatPayApi } = require('./dist/credentials/WechatPayApi.credentials.js');
const { decryptField, decryptResource, encryptField } = require('./dist/nodes/apiv3/cipher.js');
const { certificateSerial, readPrivateKey, readPublicKey } = require('./dist/nodes/apiv3/keys.js');
const {
	authorization,
	requestMessage,
	responseMessage,
	sign,
} = require('./dist/nodes/apiv3/signature.js');
const { signTestNotification } = require('./dist/nodes/apiv3/testNotification.js');
const { verify, verifyHttp } = require('./dist/nodes/apiv3/verification.js');

// The getters come last: up to the first of them, Node finds the names that an ES module can import.
module.exports = {
	WechatPayApi,
	authorization,
	certificateSerial,
	decryptField,
	decryptResource,
	encryptField,
	readPrivateKey,
	readPublicKey,
	requestMessage,
	responseMessage,
	sign,
	signTestNotification,
	verify,
	verifyHttp,
	/** The nodes are loaded on first use: they alone need n8n-workflow. */
	get WechatPay() {
		return require('./dist/nodes/WechatPay/WechatPay.node.js').WechatPay;
	},
	get WechatPayMemberCard() {
		return require('./dist/nodes/WechatPayMemberCard/WechatPayMemberCard.node.js')
			.WechatPayMemberCard;
	},
	get WechatPayTrigger() {
		return require('./dist/nodes/WechatPayTrigger/WechatPayTrigger.node.js').WechatPayTrigger;
	},
};
