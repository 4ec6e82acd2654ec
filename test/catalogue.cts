/** Everything that the action nodes offer. */
import type { INodeProperties } from 'n8n-workflow';

import { nodeProperties } from '../nodes/action/form/nodeProperties.ts';
import type { Resource } from '../nodes/action/spec.ts';
import { catalogue } from '../nodes/WechatPay/operations/index.ts';

export const resources: Resource[] = catalogue.resources;

/** The form. */
export const properties: INodeProperties[] = nodeProperties(catalogue);
