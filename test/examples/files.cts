/** The example workflows as they are shipped. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowJson } from '../support/engine/host.cts';

const FOLDER = path.join(__dirname, '..', '..', 'examples');

/** The file names of all of them. */
export const exampleFiles = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** @param file its name, e.g. create-card.json */
export function readExample(file: string): WorkflowJson {
	return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as WorkflowJson;
}
