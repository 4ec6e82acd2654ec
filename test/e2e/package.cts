/** The package as its users get it. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { pack, unpack } from '../support/packed.cts';

/** Packs the package and unpacks it for as long as this run takes; n8n installs it from there. */
export function packed(): string {
	const tarball = pack();
	const folder = unpack(tarball);
	process.on('exit', () => {
		for (const one of [folder, path.dirname(tarball.file)])
			rmSync(one, { recursive: true, force: true });
	});
	return folder;
}

/** Lays it out in a user folder as n8n's own installer does, which has no offline form: no peers, no scripts. */
export function installPackage(unpacked: string, userFolder: string): void {
	const manifest = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
	};
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	const place = path.join(nodes, 'node_modules', manifest.name);
	mkdirSync(place, { recursive: true });
	cpSync(unpacked, place, { recursive: true });
	const shipped = { ...manifest, devDependencies: undefined, peerDependencies: undefined };
	writeFileSync(path.join(place, 'package.json'), JSON.stringify(shipped, null, 2));
	const dependencies = { [manifest.name]: manifest.version };
	writeFileSync(
		path.join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies }),
	);
}
