'use strict';

/** The door for programs: the nodes, the credential and WeChat Pay APIv3's rules as pure functions. */
const { WechatPayApi } = require('./dist/credentials/WechatPayApi.credentials.js');
const { decryptField, decryptResource, encryptField } = require('./dist/nodes/apiv3/cipher.js');
const { certificateSerial, readPrivateKey, readPublicKey } = require('./dist/nodes/apiv3/keys.js');
const {
	authorization,
	requestMessage,
	responseMessage,
	sign,
} = require('./dist/nodes/apiv3/signature.js');
const { verify, verifyHttp } = require('./dist/nodes/apiv3/verification.js');

module.exports = {
	/** Both nodes are loaded on first use: they alone need n8n-workflow. */
	get WechatPay() {
		return require('./dist/nodes/WechatPay/WechatPay.node.js').WechatPay;
	},
	get WechatPayTrigger() {
		return require('./dist/nodes/WechatPayTrigger/WechatPayTrigger.node.js').WechatPayTrigger;
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
