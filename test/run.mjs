/**
 * Runs a command of this package from a fresh clone on: installs what is missing, builds what is stale, and lets the
 * process trust the fake WeChat Pay's certificate.
 *
 *   node test/run.mjs jest [arguments]             the tests
 *   node test/run.mjs test/tools/demo/demo.cts [arguments]   a TypeScript program
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
	console.error(`Node 20 or newer is needed, this is ${process.version}.`);
	process.exit(1);
}
if (changed('package-lock.json') > changed('node_modules/.package-lock.json')) {
	step(
		'Installing development dependencies (a minute or two, once)',
		npm('install', '--no-audit', '--no-fund'),
	);
}
if (
	newest('nodes', 'credentials', 'icons', 'tsconfig.json', 'index.js', 'test/bundle.mjs') >
	changed('dist/nodes/WechatPay/WechatPay.node.js')
) {
	step('Building', npm('run', 'build', '--silent'), true);
}
const program =
	command === 'jest'
		? [path.join('node_modules', 'jest', 'bin', 'jest.js'), ...args]
		: ['--require', 'tsx/cjs', command, ...args];
process.exit(run(program, { NODE_EXTRA_CA_CERTS: trusted() }).status ?? 1);

/** The certificates that this machine trusts beside Node's own, such as a company's, and the fake's. */
function trusted() {
	const { NODE_EXTRA_CA_CERTS: others } = process.env;
	const folder = path.join(root, 'node_modules', '.cache');
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, 'trusted.pem');
	const fake = path.join(root, 'test', 'support', 'keys', 'tls-ca.pem');
	const files = others && existsSync(others) ? [others, fake] : [fake];
	writeFileSync(file, files.map((name) => readFileSync(name, 'utf8')).join('\n'));
	return file;
}

/** npm as a Node program, so that it also runs where npm is a shell script of another shell. */
function npm(...words) {
	const { npm_execpath: npmProgram } = process.env;
	return npmProgram
		? [npmProgram, ...words]
		: [path.join(path.dirname(process.execPath), 'npm'), ...words];
}

function step(what, words, quiet = false) {
	console.error(`${what} …`);
	const { status, stdout, stderr } = run(words, {}, quiet ? 'pipe' : 'inherit');
	if (status === 0) return;
	console.error(
		`${stdout ?? ''}${stderr ?? ''}\n${what} did not succeed; the lines above say why.`,
	);
	process.exit(1);
}

function run(words, env, stdio = 'inherit') {
	return spawnSync(process.execPath, words, {
		cwd: root,
		stdio,
		env: { ...process.env, CALLED_FROM: process.env.INIT_CWD ?? process.cwd(), ...env },
	});
}

/** When a file changed, in ms; 0 for one that is not there. */
function changed(file) {
	const full = path.join(root, file);
	return existsSync(full) ? statSync(full).mtimeMs : 0;
}

function newest(...places) {
	return Math.max(
		...places.map((place) =>
			statSync(path.join(root, place)).isDirectory()
				? newest(...readdirSync(path.join(root, place)).map((name) => path.join(place, name)))
				: changed(place),
		),
	);
}
