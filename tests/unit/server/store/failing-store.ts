import Database from 'libsql';
import type { FileStore } from '@/lib/server/store/open-store';

export interface FailingStore extends FileStore {
  /** What every write (`code`), or every reading too, answers from now on; null: it works. */
  fail(code: string | null, what?: 'writes' | 'everything'): void;
  /** Writes that reached it. */
  readonly writes: () => number;
}

/** Whether it only reads, by the name every repository gives to reading. */
const isReading = (name: string): boolean => name.startsWith('read') || name === 'find';

/** A real store in front of which a disk fails, with the errors of the real driver. */
export function createFailingStore(store: FileStore): FailingStore {
  let failure: { readonly code: string; readonly what: 'writes' | 'everything' } | null = null;
  let writes = 0;

  const meet = (name: string): void => {
    if (!isReading(name)) writes += 1;
    if (failure && (failure.what === 'everything' || !isReading(name)))
      throw new Database.SqliteError('the disk says no', failure.code, 0);
  };
  const guard = <T extends object>(repository: T): T =>
    new Proxy(repository, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]): Promise<unknown> => {
          meet(String(name));
          return Reflect.apply(method, target, args);
        };
      },
    });

  return {
    ...store,
    looks: guard(store.looks),
    catalogues: guard(store.catalogues),
    names: guard(store.names),
    facts: guard(store.facts),
    plans: guard(store.plans),
    calls: guard(store.calls),
    histories: guard(store.histories),
    citations: guard(store.citations),
    requests: guard(store.requests),
    proveWritable() {
      meet('prove');
      store.proveWritable();
    },
    fail(code, what = 'writes') {
      failure = code === null ? null : { code, what };
    },
    writes: () => writes,
  };
}
