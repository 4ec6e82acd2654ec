import type { Resource } from '../../../action/spec';
import { uploadImage } from './upload';

export const image: Resource = {
	name: 'Image',
	value: 'image',
	description: 'Logos, backgrounds and portraits',
	operations: [uploadImage],
	defaultOperation: 'upload',
};
