import 'server-only';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const { R_OK, W_OK, X_OK } = constants;

/**
 * Makes a directory with its ancestors, closed to other people, and shows that files can be made in it.
 * Throws Node's error; its code tells a disk (EROFS, ENOSPC) from a wrong path (ENOTDIR, EACCES, ENOENT).
 */
export function prepareDirectory(dir: string): void {
  makeDirectory(dir);
  accessSync(dir, R_OK | W_OK | X_OK);
}

/** Shows that a file may be written if it is there. Throws as `prepareDirectory`. */
export function checkFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isFile()) throw notA('file', path);
  accessSync(path, R_OK | W_OK);
}

/**
 * Node's own `recursive` turns round for ever where a parent exists and yet nothing can be made in it (/proc): there
 * the answer is "no such file", which it takes for a missing parent.
 */
function makeDirectory(dir: string): void {
  const stats = statSync(dir, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return;
  if (stats) throw notA('directory', dir);
  const parent = dirname(dir);
  if (parent !== dir) makeDirectory(parent);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Another process was quicker.
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

const notA = (what: 'file' | 'directory', path: string): Error =>
  Object.assign(new Error(`${path} is not a ${what}`), {
    code: what === 'directory' ? 'ENOTDIR' : 'EISDIR',
  });
