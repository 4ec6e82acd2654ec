import type { Resource } from '../../../action/spec';
import { createPermissionToken } from './createPermissionToken';
import { createQrCode } from './createQrCode';

export const distribution: Resource = {
	name: 'Distribution',
	value: 'distribution',
	description: 'Ways to hand out a card: QR code and permission token',
	operations: [createPermissionToken, createQrCode],
	defaultOperation: 'createPermissionToken',
};
