/**
 * What both commands of the README need before anything else: the locked packages and a current build.
 * Plain JavaScript with Node's own modules only, for it runs before there is a `node_modules`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const INSTALLED = join(ROOT, 'node_modules/.verdict-installed');
const BUILT = join(ROOT, '.next/.verdict-built');
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.js',
  'tsconfig.json',
  'package-lock.json',
];

/** @returns {string | null} what to tell the person, or null when this Node will do */
export function nodeFault() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 9)
    ? null
    : `Verdict needs Node 20.9 or later; this is ${process.versions.node}.`;
}

/**
 * Runs a command to its end, its output on our own; rejects with one line when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet: shows its output only when it fails
 * @returns {Promise<void>}
 */
export function run(command, args, { env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    // Whoever stops us stops the work too.
    const stop = () => child.kill();
    process.once('exit', stop);
    child.once('exit', (code) => {
      process.off('exit', stop);
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(new Error(`"${command} ${args.join(' ')}" ended with exit code ${code ?? 'unknown'}`));
    });
  });
}

/** npm as it called us, so that no second npm has to be on the PATH. */
const npm = (args, options) => {
  const self = process.env.npm_execpath;
  return self?.endsWith('.js')
    ? run(process.execPath, [self, ...args], options)
    : run('npm', args, options);
};

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** Installs the locked packages unless this lock file is installed already. `dev` is always included: the build needs it. */
export async function install(say) {
  const wanted = hashOf(read(join(ROOT, 'package-lock.json')));
  if (read(INSTALLED) === wanted) return;
  say('Installing the locked packages …');
  await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    quiet: true,
  });
  writeFileSync(INSTALLED, wanted);
}

/**
 * The path that the app is served under (`BASE_PATH`, also from `.env`), which a build is made for; '' is the root.
 * Needs the packages. Leaves the environment as it is.
 * @returns {Promise<string>}
 */
export async function basePath() {
  const { default: nextEnv } = await import('@next/env');
  const quiet = { info() {}, error() {} };
  const before = { ...process.env };
  const { combinedEnv } = nextEnv.loadEnvConfig(ROOT, false, quiet);
  const value = combinedEnv.BASE_PATH?.trim() ?? '';
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  return value;
}

/** Builds the app unless the build at hand was made from these very sources, for this very path. */
export async function build(say) {
  const sources = SOURCES.map((path) => fingerprint(join(ROOT, path)));
  const wanted = hashOf([await basePath(), ...sources].join('\n'));
  if (read(BUILT) === wanted) return;
  say('Building …');
  await run(process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], {
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    quiet: true,
  });
  mkdirSync(dirname(BUILT), { recursive: true });
  writeFileSync(BUILT, wanted);
}

function fingerprint(path) {
  if (!existsSync(path)) return '';
  if (statSync(path).isFile()) return `${path.slice(ROOT.length)} ${hashOf(readFileSync(path))}`;
  return readdirSync(path)
    .sort()
    .map((name) => fingerprint(join(path, name)))
    .join('\n');
}
