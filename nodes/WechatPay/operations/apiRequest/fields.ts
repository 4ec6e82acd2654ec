import type { Field, Parameter } from '../../../action/spec';
import { outputFileField } from '../fields';

/** Methods that change something. */
export const CHANGING = ['DELETE', 'PATCH', 'POST', 'PUT'];

function named(what: string): Field[] {
	return [
		{
			wireName: 'name',
			property: {
				displayName: 'Name',
				name: 'name',
				type: 'string',
				required: true,
				default: '',
				description: `WeChat Pay's name of the ${what} (<code>name</code>)`,
			},
		},
		{
			wireName: 'value',
			property: {
				displayName: 'Value',
				name: 'value',
				type: 'string',
				default: '',
				description: `Value of the ${what} (<code>value</code>), in plain: it is encoded for the address`,
			},
		},
	];
}

export const requestFields: Parameter[] = [
	{
		wireName: 'method',
		in: 'form',
		property: {
			displayName: 'Method',
			name: 'method',
			type: 'options',
			required: true,
			options: [
				{ name: 'DELETE', value: 'DELETE' },
				{ name: 'GET', value: 'GET' },
				{ name: 'PATCH', value: 'PATCH' },
				{ name: 'POST', value: 'POST' },
				{ name: 'PUT', value: 'PUT' },
			],
			default: 'GET',
			description:
				'The method of the endpoint. AI agents get GET only, unless an option allows more.',
		},
	},
	{
		wireName: 'path',
		in: 'form',
		maxLength: 4096,
		property: {
			displayName: 'Path',
			name: 'path',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The endpoint, by its title or path, or the path itself with its query',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchApiPaths', searchable: true },
				},
				{
					displayName: 'By Path',
					name: 'path',
					type: 'string',
					placeholder: 'e.g. /v3/pay/transactions/id/{transaction_id}',
				},
			],
		},
	},
	{
		wireName: 'output_as',
		in: 'form',
		property: {
			displayName: 'Output',
			name: 'outputAs',
			type: 'options',
			required: true,
			noDataExpression: true,
			options: [
				{
					name: 'File',
					value: 'file',
					description: 'A file, checked by the hash that belongs to it',
				},
				{ name: 'JSON', value: 'json', description: 'The verified response' },
			],
			default: 'json',
			description: 'What the response is',
		},
	},
	{
		wireName: 'safe_to_send_again',
		in: 'form',
		property: {
			displayName: 'Safe to Send Again',
			name: 'safeToSendAgain',
			type: 'boolean',
			displayOptions: { show: { method: CHANGING } },
			default: false,
			description:
				'Whether the same request may be sent twice without being done twice, as where it has a number of its own; only then is it retried while its outcome is unknown',
		},
	},
	{
		wireName: 'body',
		in: 'form',
		json: true,
		property: {
			displayName: 'Body (JSON)',
			name: 'body',
			type: 'json',
			displayOptions: { show: { method: CHANGING } },
			default: '{}',
			description:
				'The content of the request, as one JSON object; nothing is sent for an empty one',
		},
	},
	{
		wireName: 'hash_type',
		in: 'form',
		property: {
			displayName: 'Hash Type',
			name: 'hashType',
			type: 'options',
			displayOptions: { show: { outputAs: ['file'] } },
			options: [
				{ name: 'SHA-1', value: 'SHA1' },
				{ name: 'SHA-256', value: 'SHA256' },
			],
			default: 'SHA1',
			description: 'The kind of the hash, which the response before named',
		},
	},
	{
		wireName: 'hash_value',
		in: 'form',
		pattern: {
			regex: /^([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/,
			must: 'must be a hash in hex: 40 digits for SHA-1, 64 for SHA-256',
		},
		property: {
			displayName: 'Hash',
			name: 'hashValue',
			type: 'string',
			required: true,
			displayOptions: { show: { outputAs: ['file'] } },
			default: '',
			placeholder: 'e.g. 79bb0f45fc4c42234a918000b2668d689e2bde04',
			description: 'The hash that the response before gave: the file itself is not signed',
		},
	},
	outputFileField,
	{
		wireName: 'path_parameters',
		in: 'form',
		fields: named('part of the path'),
		property: {
			displayName: 'Path Parameters',
			name: 'pathParameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Path Parameter',
			description: 'What stands in the path for each name in braces',
		},
	},
	{
		wireName: 'query_parameters',
		in: 'form',
		fields: named('query parameter'),
		property: {
			displayName: 'Query Parameters',
			name: 'queryParameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Query Parameter',
			description: 'What is added behind the path',
		},
	},
	{
		wireName: 'encrypt',
		in: 'form',
		list: true,
		property: {
			displayName: 'Fields to Encrypt',
			name: 'encrypt',
			type: 'string',
			default: '',
			placeholder: 'e.g. user_name, payer.identity.name',
			description:
				'Fields of the body whose plain values are encrypted for WeChat Pay, by their names with dots between; of a list, in every entry',
		},
	},
	{
		wireName: 'decrypt',
		in: 'form',
		list: true,
		property: {
			displayName: 'Fields to Decrypt',
			name: 'decrypt',
			type: 'string',
			default: '',
			placeholder: 'e.g. user_name, data.name',
			description:
				"Fields of the response that are decrypted with the merchant's private key, by their names with dots between",
		},
	},
	{
		wireName: 'allow_agent_changes',
		in: 'form',
		property: {
			displayName: 'Let AI Agents Change Data',
			name: 'allowAgentChanges',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description:
				'Whether an AI agent that uses this node as a tool may use other methods than GET',
		},
	},
];
