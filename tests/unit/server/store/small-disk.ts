import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeSync,
  openSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a megabyte that can really be full, read-only or gone; only where the tests may mount one. */
export interface SmallDisk {
  readonly dir: string;
  fill(): void;
  free(): void;
  /** Another door to the same files, through which nothing can be written until it is opened. */
  readonly readOnlyDir: string;
  openDoor(): void;
  remove(): void;
}

const mount = (...args: string[]): void => void execFileSync('mount', args, { stdio: 'pipe' });

/** null where mounting is refused (not root, a sandbox): then the same is shown by SQLite's own limits. */
export function mountSmallDisk(): SmallDisk | null {
  const home = mkdtempSync(join(tmpdir(), 'verdict-disk-'));
  const dir = join(home, 'disk');
  const door = join(home, 'door');
  mkdirSync(dir);
  mkdirSync(door);
  const undo: (() => void)[] = [() => rmSync(home, { recursive: true, force: true })];
  const remove = (): void => {
    for (const step of undo.splice(0).reverse()) step();
  };
  try {
    for (const [at, args] of [
      [dir, ['-t', 'tmpfs', '-o', 'size=1m', 'verdict', dir]],
      [door, ['--bind', '-o', 'ro', dir, door]],
    ] as const) {
      mount(...args);
      undo.push(() => void execFileSync('umount', ['-l', at], { stdio: 'pipe' }));
    }
  } catch {
    remove();
    return null;
  }
  const filler = join(dir, 'filler');
  return {
    dir,
    readOnlyDir: door,
    fill() {
      const file = openSync(filler, 'a');
      try {
        // A page at a time: a last write would be cut short rather than refused.
        for (let left = statfsSync(dir).bfree + 1; left > 0; left -= 1)
          writeSync(file, Buffer.alloc(4096));
      } catch {
        // Full is what was asked for.
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    openDoor: () => mount('-o', 'remount,bind,rw', door),
    remove,
  };
}
