import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Compiles the storm once, so that five hundred processes start in a blink. Gives the path of the program. */
export async function compileStorm(dir: string): Promise<string> {
  const outfile = join(dir, 'storm.cjs');
  await build({
    entryPoints: [join(ROOT, 'tests/unit/server/store/storm.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    external: ['libsql'],
    alias: { '@': ROOT, 'server-only': join(ROOT, 'tests/fakes/server-only.ts') },
    logLevel: 'silent',
  });
  return outfile;
}

const start = (program: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') },
  });

export interface Outcome {
  /** What it said, a line each; what was said before a kill is all there. */
  readonly said: readonly string[];
  /** What went wrong in words; empty when it ended as it was meant to. */
  readonly fault: string;
  /** From the beginning of the opening to its end; null when it did not come to that. */
  readonly openingMs: number | null;
}

/**
 * When to kill it: so long after it began to open the store, when it has said so many things since, or when the log of
 * the store has so many bytes (which tells how far a migration is).
 */
export type Kill =
  | { readonly afterMs: number }
  | { readonly afterLines: number }
  | { readonly afterBytes: number; readonly log: string };

/** Runs it to its end, or kills it. */
export async function runStorm(
  program: string,
  args: readonly string[],
  kill: Kill | null,
): Promise<Outcome> {
  const child = start(program, args);
  const said: string[] = [];
  let errors = '';
  let beganMs = 0;
  let openingMs: number | null = null;
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  if (!child.stdout) throw new Error('no output to read');
  const lines = createInterface({ input: child.stdout });
  let count = 0;
  lines.on('line', (line) => {
    said.push(line);
    if (line === 'open') openingMs = performance.now() - beganMs;
    if (openingMs !== null) count += 1;
    if (line === 'opening') beganMs = performance.now();
    if (!kill) return;
    if ('afterLines' in kill) {
      if (count > kill.afterLines) child.kill('SIGKILL');
    } else if (line === 'opening') {
      if ('log' in kill) waitForBytes(kill.log, kill.afterBytes);
      killAfter(child, 'log' in kill ? 0 : kill.afterMs);
    }
  });
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  const isAsMeant = kill === null ? code === 0 : signal === 'SIGKILL';
  const told = said.find((line) => line.startsWith('fault'));
  const fault = told ?? (isAsMeant ? '' : `ended by itself (${code ?? signal}): ${errors}`);
  return { said, fault, openingMs };
}

function killAfter(child: ChildProcess, delayMs: number): void {
  const untilMs = performance.now() + delayMs;
  if (delayMs >= 2) {
    setTimeout(() => child.kill('SIGKILL'), delayMs);
    return;
  }
  // Shorter than a timer can tell: the kill may fall into one statement of an opening.
  while (performance.now() < untilMs);
  child.kill('SIGKILL');
}

/** In one go: a turn of the event loop takes longer than a migration. */
function waitForBytes(path: string, bytes: number): void {
  const untilMs = performance.now() + 250;
  const isShort = (): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) < bytes;
  while (isShort() && performance.now() < untilMs);
}
