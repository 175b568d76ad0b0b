import { resolve } from 'node:path';
import type { Disk } from '@/lib/cli/verdict/code/disk';
import { openDisk } from '@/lib/cli/verdict/code/disk';
import { findEdited, type Edited } from '@/lib/cli/verdict/code/edited';
import {
  hashOf,
  readLock,
  withLocked,
  writeLock,
  type Lock,
} from '@/lib/cli/verdict/code/lock-file';
import { nameOf } from '@/lib/cli/verdict/code/pull';
import { readBack } from '@/lib/cli/verdict/code/read-back';
import type { Done } from '@/lib/cli/verdict/fault';
import { InputFault, PartlyDone } from '@/lib/cli/verdict/fault';
import { toId } from '@/lib/cli/verdict/find';
import type { Run, Session } from '@/lib/cli/verdict/session';
import { ProblemError, isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { NewVariation, VariationObject } from '@/lib/server/kameleoon/objects';

export interface PushOptions {
  readonly ids: readonly string[];
  readonly dir: string;
  readonly force?: true;
}

/** What was edited since the last pull, back to the platform, unless somebody else changed it there meanwhile. */
export const pushVariations =
  (options: PushOptions): Run =>
  async (session) => {
    const { words, api, progress } = session;
    const disk = openDisk(resolve(session.folder, options.dir));
    const lock = readLock(disk);
    const ids = options.ids.map((id) => toId(id, 'variation'));
    const unknown = ids.find((id) => lock.variations[id] === undefined);
    if (unknown !== undefined)
      throw new InputFault(words('push.unknown', { id: unknown, dir: options.dir }));
    const edited = findEdited(disk, lock, ids);
    const before = new Map<Edited, VariationObject>();
    for (const one of edited) before.set(one, await api.variations.read(one.id));
    if (options.force !== true) refuseDrift(session, before);

    const done: Done[] = [];
    let kept = lock;
    for (const [one, found] of before) {
      progress.show(words('push.step', { name: nameOf(found) }));
      try {
        const isSent = await send(session, one, found);
        kept = settle(session, disk, kept, one);
        const what = isSent ? 'pushed' : 'there already';
        done.push({ kind: 'variation', id: one.id, name: found.name ?? '', what });
      } catch (error) {
        if (done.length === 0 || !isProblemError(error)) throw error;
        throw new PartlyDone(error.problem, done, null);
      }
    }
    return {
      text:
        done.length === 0
          ? words('push.nothing')
          : done.map(({ id, name, what }) => words('push.done', { id, name, what })).join('\n'),
      json: {
        variations: edited.map(({ id, files }, at) => ({
          ...{ id, name: done[at]?.name ?? null, isSent: done[at]?.what === 'pushed' },
          files: files.map(({ part, path }) => ({ part, path })),
        })),
        requests: session.requests(),
      },
    };
  };

/** Nothing is sent where one of them was changed by somebody else: all of those are named. */
function refuseDrift({ words }: Session, before: ReadonlyMap<Edited, VariationObject>): void {
  const drifted = [...before].flatMap(([{ id, files }, found]) =>
    files
      .filter(({ field, lockedHash, code }) => {
        const there = found[field] ?? '';
        return hashOf(there) !== lockedHash && there !== code;
      })
      .map(({ field }) => `${id} ${field}`),
  );
  if (drifted.length === 0) return;
  throw new ProblemError(
    toProblem('upstream-conflict', words('push.drift', { what: drifted.join(', ') })),
  );
}

/** Sends the fields that differ and nothing else, and reads them back. */
async function send(
  { api }: Session,
  { id, files }: Edited,
  found: VariationObject,
): Promise<boolean> {
  const fields: Partial<NewVariation> = Object.fromEntries(
    files
      .filter(({ field, code }) => (found[field] ?? '') !== code)
      .map(({ field, code }) => [field, code]),
  );
  if (Object.keys(fields).length === 0) return false;
  await api.variations.change(id, fields);
  await readBack(api, id, fields);
  return true;
}

/** The lock follows each variation at once, so that what fails later does not undo what is known. */
function settle({ rehearsed }: Session, disk: Disk, lock: Lock, { id, files }: Edited): Lock {
  const parts = Object.fromEntries(
    files.map(({ part, path, code }) => [part, { path, sha256: hashOf(code) }]),
  );
  const next = withLocked(lock, id, { js: null, css: null, ...lock.variations[id], ...parts });
  if (rehearsed === null) writeLock(disk, next);
  return next;
}
