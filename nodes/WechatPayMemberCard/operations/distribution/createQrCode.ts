import type { Operation } from '../../../action/spec';
import { cardId } from '../fields';
import {
	activateAppid,
	activatePath,
	activateType,
	activateUrl,
	activationTarget,
	outerStr,
} from './fields';
import { distributionErrors } from './knownErrors';

export const createQrCode: Operation = {
	name: 'Create QR Code',
	value: 'createQrCode',
	action: 'Create QR code of a card',
	description: 'Get the URL of a QR code that opens the card',
	docs: 'https://pay.weixin.qq.com/doc/v3/merchant/4012550605',
	notice: 'The response is a URL: draw the QR code from it. Not possible for code mode REAL_TIME.',

	method: 'POST',
	path: '/v3/marketing/membercard-open/cards/{card_id}/qrcode',
	fields: [cardId, activateType, activateUrl, activateAppid, activatePath, outerStr],
	buildBody: activationTarget,
	resendable: true,
	repeatable: true,
	knownErrors: distributionErrors,
	response: { requiredFields: ['url'] },
	itemLabel: cardId.wireName,
	pastTense: 'created',
};
