import { posix } from 'node:path';
import type { Disk } from '@/lib/cli/verdict/code/disk';
import type { Lock } from '@/lib/cli/verdict/code/lock-file';
import { hashOf } from '@/lib/cli/verdict/code/lock-file';
import { PARTS } from '@/lib/cli/verdict/code/pull';
import { decodeCode } from '@/lib/cli/verdict/code/read-code';
import { InputFault } from '@/lib/cli/verdict/fault';

/** A variation whose files are not what was last pulled. */
export interface Edited {
  readonly id: string;
  readonly files: readonly {
    readonly part: 'js' | 'css';
    readonly field: 'jsCode' | 'cssCode';
    readonly path: string;
    readonly code: string;
    /** Of the platform's code as it was last known. */
    readonly lockedHash: string;
  }[];
}

/** Of these variations, or of all where none is named. Reads every file before anything is sent. */
export function findEdited(disk: Disk, lock: Lock, ids: readonly string[]): readonly Edited[] {
  const wanted = ids.length === 0 ? Object.keys(lock.variations) : [...new Set(ids)];
  return wanted.flatMap((id): Edited[] => {
    const locked = lock.variations[id] ?? { js: null, css: null };
    const folder = posix.dirname((locked.js ?? locked.css)?.path ?? '.');
    const files = PARTS.flatMap(({ name: part, field }) => {
      const own = locked[part];
      const path = own?.path ?? findNew(disk, folder, id, part);
      if (path === null) return [];
      const bytes = disk.read(path);
      if (bytes === null)
        throw new InputFault(
          `${path}: is missing; to delete the code leave the file empty, or pull again`,
        );
      const code = decodeCode(bytes, path);
      const lockedHash = own?.sha256 ?? hashOf('');
      return hashOf(code) === lockedHash ? [] : [{ part, field, path, code, lockedHash }];
    });
    return files.length === 0 ? [] : [{ id, files }];
  });
}

/** A file that was written beside, by the rule of ids: the text before the first dash. */
function findNew(disk: Disk, folder: string, id: string, part: string): string | null {
  const name = disk
    .names(folder)
    .find((one) => one.startsWith(`${id}-`) && one.endsWith(`.${part}`));
  return name === undefined ? null : posix.join(folder, name);
}
