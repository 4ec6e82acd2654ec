/** The documented facts of each operation (test/support/facts), and answers made of them. */
import { readJson } from '../../files.cts';

/** One documented field. */
export interface Field {
	name: string;
	type: 'string' | 'integer' | 'boolean' | 'object' | 'array' | 'file';
	required?: boolean;
	format?: string;
	min_length?: number;
	max_length?: number;
	minimum?: number;
	maximum?: number;
	pattern?: string;
	encrypted?: boolean;
	enum?: Array<string | { value: string }>;
	example?: unknown;
	fields?: Field[];
	items?: Omit<Field, 'name'>;
}

/** One documented operation. */
export interface Operation {
	id: string;
	method: string;
	path: string;
	path_params: Field[];
	query_params: Field[];
	body_params: Field[];
	response_fields: Field[];
}

/** Every documented operation. */
export const OPERATIONS: readonly Operation[] = ['membercard-api', 'payments-api'].flatMap(
	(family) => readJson<{ operations: Operation[] }>(`test/support/facts/${family}.json`).operations,
);

/** The operation of that id, which has to exist. */
export function operation(id: string): Operation {
	const found = OPERATIONS.find((candidate) => candidate.id === id);
	if (!found) throw new Error(`there is no operation ${id}`);
	return found;
}

/** The operation whose path has no variables and is this one. */
export function operationAt(method: string, path: string): Operation {
	const found = OPERATIONS.find(
		(candidate) => candidate.method === method && candidate.path === path,
	);
	if (!found) throw new Error(`there is no operation ${method} ${path}`);
	return found;
}

/** The values that a field may have, when they are listed. */
export function valuesOf({ enum: values }: Omit<Field, 'name'>): string[] | undefined {
	return values?.map((entry) => (typeof entry === 'string' ? entry : entry.value));
}

/** An object with every field, made of the documented examples. */
export function exampleOf(fields: Field[]): Record<string, unknown> {
	return Object.fromEntries(fields.map((field) => [field.name, exampleValue(field)]));
}

function exampleValue(field: Omit<Field, 'name'>): unknown {
	if (field.fields) return exampleOf(field.fields);
	if (field.example !== undefined) return field.example;
	if (field.items) return [exampleValue(field.items)];
	if (field.type === 'boolean') return true;
	if (field.type === 'integer') return 0;
	return valuesOf(field)?.[0] ?? '示例';
}

/** What an operation answers of `source`: its documented fields, those that have a value. */
export function answerOf(id: string, source: object): Record<string, unknown> {
	const values = source as Record<string, unknown>;
	const names = operation(id).response_fields.map(({ name }) => name);
	return Object.fromEntries(
		names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
	);
}
