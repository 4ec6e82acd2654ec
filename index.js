'use strict';

/** The door for programs: the node, the credential and WeChat Pay APIv3's rules as pure functions. */
const { WechatPayApi } = require('./dist/credentials/WechatPayApi.credentials.js');
const { decryptField, decryptResource, encryptField } = require('./dist/nodes/apiv3/cipher.js');
const { certificateSerial, readPrivateKey, readPublicKey } = require('./dist/nodes/apiv3/keys.js');
const {
	authorization,
	requestMessage,
	responseMessage,
	sign,
	verify,
	verifyHttp,
} = require('./dist/nodes/apiv3/signature.js');

module.exports = {
	/** Loaded on first use: it alone needs n8n-workflow. */
	get WechatPay() {
		return require('./dist/nodes/WechatPay/WechatPay.node.js').WechatPay;
	},
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
	verify,
	verifyHttp,
};
