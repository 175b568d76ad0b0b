import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFile, prepareDirectory } from '@/lib/server/store/data-directory';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-directory-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the directory of the store', () => {
  it('is made with all that leads to it, for its owner alone, and may be there already', () => {
    const deep = join(dir, 'deep', 'down');
    prepareDirectory(deep);
    prepareDirectory(deep);
    expect([statSync(deep).mode & 0o077, statSync(join(dir, 'deep')).mode & 0o077]).toEqual([0, 0]);
  });

  it('is refused where a file is in the way, at its end or before', () => {
    writeFileSync(join(dir, 'file'), 'x');
    expect(() => prepareDirectory(join(dir, 'file'))).toThrow('is not a directory');
    expect(() => prepareDirectory(join(dir, 'file', 'below'))).toThrow(/not a directory/i);
    expect(() => checkFile(dir)).toThrow('is not a file');
  });

  it('is refused at once where nothing can be made, from where Node itself never comes back', () => {
    const proc = existsSync('/proc/self') ? '/proc/verdict/deep' : '/dev/null/deep';
    expect(() => prepareDirectory(proc)).toThrow(/^ENO/);
  });
});
