import path from 'node:path';

/** What n8n makes of a file's class, as JSON. @param file from the top of the package, in `folder` */
export function made(file: string, folder = path.join(__dirname, '..', '..')): string {
	const [name] = path.basename(file).split('.');
	const classes = require(path.join(folder, file)) as Record<string, new () => object>;
	return JSON.stringify(new classes[name]());
}
