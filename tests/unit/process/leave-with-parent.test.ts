import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const PRELOAD = resolve('lib/process/leave-with-parent.mjs');

const startChild = (script: string) =>
  spawn(process.execPath, ['--import', PRELOAD, '--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });

describe('a process of the demo', () => {
  it('leaves in order when whoever started it is gone', async () => {
    const child = startChild(`
      process.once('SIGTERM', () => process.exit(7));
      setInterval(() => undefined, 1000);
      console.log('up');`);
    await once(child.stdout, 'data');
    // What the death of the other end of the pipe does.
    child.stdin.destroy();
    const [code] = await once(child, 'exit');
    expect(code).toBe(7);
  });

  it('is not kept alive by waiting for that', async () => {
    const child = startChild(`console.log('done');`);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});
