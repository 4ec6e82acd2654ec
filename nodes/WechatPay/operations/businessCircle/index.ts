import type { Resource } from '../../../action/spec';
import { getAuthorization } from './getAuthorization';
import { getPointsCommitStatus } from './getPointsCommitStatus';
import { notifyParking } from './notifyParking';
import { notifyPoints } from './notifyPoints';

export const businessCircle: Resource = {
	name: 'Business Circle',
	value: 'businessCircle',
	description: 'Points and parking of the members of a mall (智慧商圈)',
	operations: [getAuthorization, getPointsCommitStatus, notifyParking, notifyPoints],
	defaultOperation: 'notifyPoints',
};
