import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileStorm, runStorm } from './storm-process';

let home: string;
let program: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'verdict-two-'));
  program = await compileStorm(home);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const startStorm = async (dir: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [program, 'storm', dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_PATH: join(process.cwd(), 'node_modules') },
  });
  let said = '';
  while (!said.includes('look') && child.stdout)
    said += String((await once(child.stdout, 'data'))[0]);
  child.stdout?.resume();
  return child;
};

describe('two processes on one store', () => {
  it('the second refuses in words, and may begin at once when the first was killed', async () => {
    const dir = join(home, 'data');
    const first = await startStorm(dir);
    const refused = await runStorm(program, ['check', dir], null);
    expect(refused.fault).toContain(`another process uses DATA_DIR (${dir})`);
    expect(first.exitCode).toBeNull();
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = await runStorm(program, ['check', dir], null);
    expect(second.fault).toBe('');
    expect(second.said).toContain('look 1 10000');
  }, 120_000);
});
