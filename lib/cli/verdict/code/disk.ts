import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { toReason } from '@/lib/cli/verdict/code/read-code';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';

/** A folder that code lives in; no path leads out of it. Paths have `/` between names on every system. */
export interface Disk {
  /** null: there is no such file. */
  read(path: string): Uint8Array | null;
  /** Written beside and renamed: whoever reads sees the old or the new, never half of one. */
  write(path: string, bytes: Uint8Array): void;
  remove(path: string): void;
  /** Names within a folder; none where it does not exist. */
  names(path: string): readonly string[];
}

export function openDisk(folder: string): Disk {
  const root = resolve(folder);

  /** Also through links: what a link inside points to must be inside too. */
  const within = (path: string): string => {
    const full = resolve(root, path);
    const fault = (): InputFault => new InputFault(`${plain(path)}: leads out of ${plain(folder)}`);
    if (isAbsolute(path) || !isInside(root, full)) throw fault();
    let known = full;
    while (!existsSync(known) && known !== root) known = dirname(known);
    if (existsSync(root) && !isInside(realpathSync(root), realpathSync(known))) throw fault();
    return full;
  };
  const trying = <Value>(path: string, act: (full: string) => Value): Value => {
    const full = within(path);
    try {
      return act(full);
    } catch (error) {
      throw new InputFault(`${plain(join(folder, path))}: ${toReason(error)}`);
    }
  };
  return {
    read: (path) => trying(path, (full) => (existsSync(full) ? readFileSync(full) : null)),
    write(path, bytes) {
      trying(path, (full) => {
        mkdirSync(dirname(full), { recursive: true });
        const beside = `${full}.${randomUUID()}.tmp`;
        try {
          writeFileSync(beside, bytes, { flag: 'wx' });
          renameSync(beside, full);
        } finally {
          rmSync(beside, { force: true });
        }
      });
    },
    remove: (path) => trying(path, (full) => rmSync(full, { force: true })),
    names: (path) => trying(path, (full) => (existsSync(full) ? readdirSync(full) : [])),
  };
}

const isInside = (root: string, full: string): boolean => {
  const path = relative(root, full);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
};
