import 'server-only';
import type { Repositories } from '@/lib/server/store/store';
import { toStorageFault } from '@/lib/server/store/storage-faults';

/** What could not be written and waits in memory for the disk. */
export interface Waiting {
  size(): number;
  /** What had to be let go of because it was too much, or because no disk would ever take it. */
  lost(): number;
  /** Writes all of it, leaving what fails. Throws what the disk did. */
  flush(store: Repositories): Promise<void>;
}

export interface WaitingWrites<T> extends Waiting {
  /** The newest of a key replaces what waits, and comes last. */
  put(key: string, item: T): void;
  get(key: string): T | undefined;
  values(): readonly T[];
}

/** Streams and health checks get their turn while much is written. */
const WRITES_AT_ONCE = 50;

export interface WaitingOptions<T> {
  readonly write: (store: Repositories, item: T) => Promise<unknown>;
  /** Beyond it the oldest are let go of. */
  readonly max: number;
}

export function createWaitingWrites<T>({ write, max }: WaitingOptions<T>): WaitingWrites<T> {
  const items = new Map<string, T>();
  let lost = 0;

  return {
    size: () => items.size,
    lost: () => lost,
    get: (key) => items.get(key),
    values: () => [...items.values()],

    put(key, item) {
      items.delete(key);
      items.set(key, item);
      const oldest = items.keys().next();
      if (items.size <= max || oldest.done) return;
      items.delete(oldest.value);
      lost += 1;
    },

    async flush(store) {
      let written = 0;
      for (const [key, item] of items) {
        try {
          await write(store, item);
        } catch (error) {
          if (toStorageFault(error) !== null) throw error;
          lost += 1;
        }
        // While it was written, a newer one may have taken its place.
        if (items.get(key) === item) items.delete(key);
        written += 1;
        if (written % WRITES_AT_ONCE === 0) await new Promise<void>((go) => setImmediate(go));
      }
    },
  };
}
