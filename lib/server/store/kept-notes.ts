import 'server-only';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { DiskLine } from '@/lib/server/store/disk-line';
import type { FileStore } from '@/lib/server/store/open-store';
import type { Repositories } from '@/lib/server/store/store';

/**
 * What people write, over a disk that may fail. Nothing waits in memory: somebody stands before the form, is told that it
 * was not kept, and still has what they typed. Writes reject with `store-failed`.
 */
export function createKeptNotes(line: DiskLine): Pick<Repositories, 'notes' | 'decisions'> {
  const write = async (task: (store: FileStore) => Promise<void>): Promise<void> => {
    const now = async (store: FileStore): Promise<true> => {
      await task(store);
      return true;
    };
    const keep = (): void => undefined;
    // The disk may come back while the first try waits for it; then there is nothing in the way of a second.
    const isDone = (await line.write(now, keep)) ?? (await line.write(now, keep));
    if (!isDone) throw new ProblemError(toProblem('store-failed', 'This could not be kept.'));
  };

  return {
    notes: {
      set: (...note) => write((store) => store.notes.set(...note)),
      remove: (...which) => write((store) => store.notes.remove(...which)),
      read: (...of) => line.read((store) => store.notes.read(...of), []),
    },
    decisions: {
      set: (...decision) => write((store) => store.decisions.set(...decision)),
      remove: (...which) => write((store) => store.decisions.remove(...which)),
      read: (...of) => line.read((store) => store.decisions.read(...of), []),
    },
  };
}
