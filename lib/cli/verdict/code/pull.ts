import { openDisk, type Disk } from '@/lib/cli/verdict/code/disk';
import { decodeCode } from '@/lib/cli/verdict/code/read-code';
import type { Lock, Locked, LockedPart } from '@/lib/cli/verdict/code/lock-file';
import { hashOf, readLock, withLocked, writeLock } from '@/lib/cli/verdict/code/lock-file';
import { createPlaces } from '@/lib/cli/verdict/code/places';
import { InputFault } from '@/lib/cli/verdict/fault';
import { toId } from '@/lib/cli/verdict/find';
import { plain } from '@/lib/cli/verdict/plain';
import type { Run, Session } from '@/lib/cli/verdict/session';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { VariationObject } from '@/lib/server/kameleoon/objects';
import { resolve } from 'node:path';

export interface PullOptions {
  readonly ids: readonly string[];
  readonly experiment?: string;
  readonly dir: string;
  readonly force?: true;
}

export const PARTS = [
  { name: 'js', field: 'jsCode' },
  { name: 'css', field: 'cssCode' },
] as const;

/** One file to be. */
interface Planned {
  readonly variation: VariationObject;
  readonly part: 'js' | 'css';
  readonly path: string;
  readonly code: string;
  readonly state: 'written' | 'unchanged' | 'edited';
}

/** Code of variations into files. Everything is read before the first file is written; one's own edits are not lost. */
export const pullVariations =
  (options: PullOptions): Run =>
  async (session) => {
    const { words, rehearsed } = session;
    const disk = openDisk(resolve(session.folder, options.dir));
    const lock = readLock(disk);
    const variations = await readAll(session, options);
    const places = createPlaces(session.api, disk);
    const planned: Planned[] = [];
    for (const variation of variations) {
      const locked = lock.variations[variation.id] ?? { js: null, css: null };
      planned.push(...(await plan(variation, locked, disk, () => places.of(variation))));
    }
    const edited = planned.filter(({ state }) => state === 'edited');
    if (edited.length > 0 && options.force !== true)
      throw new InputFault(
        words('pull.edited', { files: edited.map(({ path }) => path).join(', ') }),
      );
    if (rehearsed === null) keep(disk, lock, planned);
    return {
      text: planned
        .map(({ path, state, code }) =>
          words(state === 'unchanged' ? 'pull.unchanged' : 'pull.written', {
            path,
            n: code.length,
          }),
        )
        .join('\n'),
      json: {
        variations: variations.map(({ id, name, experimentId }) => ({
          ...{ id, name, experimentId },
          files: planned
            .filter(({ variation }) => variation.id === id)
            .map(({ part, path, state }) => ({ part, path, isWritten: state !== 'unchanged' })),
        })),
      },
    };
  };

async function readAll({ api }: Session, options: PullOptions): Promise<VariationObject[]> {
  const ids = options.ids.map((id) => toId(id, 'variation'));
  if (options.experiment !== undefined) {
    const { variationIds } = await api.experiments.read(toId(options.experiment, '--experiment'));
    ids.push(...variationIds);
  }
  if (ids.length === 0)
    throw new InputFault('name variations by their id, or an experiment with --experiment');
  const found: VariationObject[] = [];
  for (const id of new Set(ids)) found.push(await api.variations.read(id));
  return found;
}

async function plan(
  variation: VariationObject,
  locked: Locked,
  disk: Disk,
  place: () => Promise<string>,
): Promise<Planned[]> {
  const isEmpty = !variation.jsCode && !variation.cssCode;
  const known = locked.js ?? locked.css;
  const base = known === null ? await place() : known.path.replace(/\.(js|css)$/, '');
  return PARTS.flatMap(({ name, field }): Planned[] => {
    const code = variation[field] ?? '';
    if (!isSound(code))
      throw new ProblemError(
        toProblem(
          'upstream-unreadable',
          `GET /variations/${variation.id}: ${field} is no well-formed text`,
        ),
      );
    const own = locked[name];
    const path = own?.path ?? `${base}.${name}`;
    // No file for what there is none of; one empty file where there is nothing at all, for somebody to begin in.
    if (code === '' && own === null && !(isEmpty && name === 'js')) return [];
    const bytes = disk.read(path);
    const state =
      bytes === null
        ? 'written'
        : hashOf(decodeCode(bytes, path)) === hashOf(code)
          ? 'unchanged'
          : own !== null && hashOf(decodeCode(bytes, path)) === own.sha256
            ? 'written'
            : 'edited';
    return [{ variation, part: name, path, code, state }];
  });
}

function keep(disk: Disk, lock: Lock, planned: readonly Planned[]): void {
  let kept = lock;
  for (const { variation, part, path, code, state } of planned) {
    if (state !== 'unchanged') disk.write(path, new TextEncoder().encode(code));
    const entry: LockedPart = { path, sha256: hashOf(code) };
    const before = kept.variations[variation.id] ?? { js: null, css: null };
    kept = withLocked(kept, variation.id, { ...before, [part]: entry });
  }
  writeLock(disk, kept);
}

/** A lone half of a letter has no form in UTF-8, so it would come back as another. */
const isSound = (code: string): boolean => Buffer.from(code, 'utf8').toString('utf8') === code;

export const nameOf = ({ id, name }: VariationObject): string => plain(name ?? id);
