/**
 * `npm run demo`: from a fresh clone to live results with Node alone. Installs and builds what is missing, starts the
 * sandbox and the app against it, says both addresses once they answer, and ends both on Ctrl-C.
 * Settings: PORT (3000), SANDBOX_PORT (3999), DEMO_DIR (.demo); `--fresh` begins the sandbox's world anew.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { basePath, build, install, nodeFault, ROOT } from './prepare.mjs';

const port = process.env.PORT || '3000';
const sandboxPort = process.env.SANDBOX_PORT || '3999';
const demoDir = resolve(ROOT, process.env.DEMO_DIR || '.demo');
const LEAVE_WITH_PARENT = new URL('./leave-with-parent.mjs', import.meta.url).href;
const fresh = process.argv.includes('--fresh');

const say = (line) => process.stdout.write(`${line}\n`);
const fail = (line) => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
let leaving = false;

function leave(code) {
  if (leaving) return;
  leaving = true;
  for (const child of children) child.kill('SIGTERM');
  const alive = () =>
    children.some((child) => child.exitCode === null && child.signalCode === null);
  const deadline = Date.now() + 5_000;
  const wait = () => {
    if (!alive()) process.exit(code);
    if (Date.now() > deadline) for (const child of children) child.kill('SIGKILL');
    setTimeout(wait, 50);
  };
  wait();
}

/** Starts one of the two processes; should it end by itself, the other has no purpose left. */
function start(name, script, env) {
  const flags = ['--conditions=react-server', '--import', 'tsx', '--import', LEAVE_WITH_PARENT];
  const child = spawn(process.execPath, [...flags, script], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    // The pipe never carries anything: its end tells the child that we are gone.
    stdio: ['pipe', 'ignore', 'inherit'],
    // Its own group: Ctrl-C reaches this process alone, which then ends both in order.
    detached: true,
  });
  child.once('exit', (code) => {
    if (leaving) return;
    process.stderr.write(`The ${name} ended (exit code ${code ?? 'unknown'}).\n`);
    leave(1);
  });
  children.push(child);
}

/** @returns {Promise<boolean>} whether nobody listens on this port of loopback */
const isFree = (number) =>
  new Promise((settle) => {
    const probe = createServer();
    probe.once('error', () => settle(false));
    probe.listen(Number(number), '127.0.0.1', () => probe.close(() => settle(true)));
  });

async function answers(url, deadlineMs) {
  const deadline = Date.now() + deadlineMs;
  while (!leaving && Date.now() < deadline) {
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((settle) => setTimeout(settle, 100));
  }
  if (!leaving) throw new Error(`${url} did not answer within ${deadlineMs / 1000} s`);
}

process.on('SIGINT', () => leave(0));
process.on('SIGTERM', () => leave(0));
process.on('SIGHUP', () => leave(0));

const wrongNode = nodeFault();
if (wrongNode) fail(wrongNode);
for (const [name, number] of [
  ['PORT', port],
  ['SANDBOX_PORT', sandboxPort],
])
  if (!/^\d{1,5}$/.test(number) || Number(number) < 1 || Number(number) > 65_535)
    fail(`${name} is not a port: use a whole number from 1 to 65535.`);
  else if (!(await isFree(number)))
    fail(
      `Port ${number} is taken. Stop what listens there, or run: ${name}=<another> npm run demo`,
    );

try {
  await install(say);
  await build(say);
  // Looks belong to one world: without its world, what was kept of it would contradict the new one.
  if (fresh || !existsSync(join(demoDir, 'sandbox')))
    rmSync(demoDir, { recursive: true, force: true });
  mkdirSync(demoDir, { recursive: true });

  const under = await basePath();
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  start('sandbox', 'lib/sandbox/main.ts', {
    SANDBOX_PORT: sandboxPort,
    SANDBOX_DATA_DIR: join(demoDir, 'sandbox'),
    // What people create in the sandbox is still there after a restart.
    SANDBOX_STATE: join(demoDir, 'sandbox', 'state.json'),
    SANDBOX_TLS: '0',
  });
  start('app', 'lib/process/main.ts', {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: port,
    DATA_DIR: join(demoDir, 'app'),
    KAMELEOON_API_URL: sandbox,
    KAMELEOON_CLIENT_ID: 'demo-client',
    KAMELEOON_CLIENT_SECRET: 'demo-secret',
    PLANS_FILE: process.env.PLANS_FILE || join(ROOT, 'lib/process/demo-plans.json'),
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  });
  await Promise.all([
    answers(`${sandbox}/__sandbox/requests`, 30_000),
    answers(`http://127.0.0.1:${port}${under}/api/health`, 30_000),
  ]);
  say(`\nVerdict is ready:  http://localhost:${port}${under}`);
  say(`Sandbox (the Automation API, with invented experiments):  ${sandbox}`);
  say('Ctrl-C ends both.');
} catch (error) {
  process.stderr.write(
    `The demo cannot start: ${error instanceof Error ? error.message : error}\n`,
  );
  leave(1);
}
