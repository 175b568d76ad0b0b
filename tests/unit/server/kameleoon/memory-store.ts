import type { Fact, FactRepository, Facts } from '@/lib/server/store/fact-repository';
import type { KeptRequest, RequestRepository } from '@/lib/server/store/request-repository';

/** The two repositories that outlive a process, of one connection, without a file. */
export function createMemoryStore(): { requests: RequestRepository; facts: FactRepository } {
  let rows: KeptRequest[] = [];
  const facts = new Map<keyof Facts, Fact<keyof Facts>>();
  const byTime = (a: KeptRequest, b: KeptRequest): number => a.atMs - b.atMs;
  const done = Promise.resolve();

  return {
    requests: {
      add: (_, added) => {
        rows.push(...added.map((row) => ({ ...row, atMs: Math.round(row.atMs) })));
        return done;
      },
      read: async (_, sinceMs) => rows.filter(({ atMs }) => atMs > sinceMs).sort(byTime),
      shift: (_, byMs) => {
        rows = rows.map((row) => ({ ...row, atMs: row.atMs + Math.round(byMs) }));
        return done;
      },
      forget: (_, untilMs) => {
        rows = rows.filter(({ atMs }) => atMs > untilMs);
        return done;
      },
    },
    facts: {
      set: (_, name, fact) => {
        facts.set(name, fact);
        return done;
      },
      find: async <Name extends keyof Facts>(_: unknown, name: Name) =>
        facts.get(name) as Fact<Name> | undefined,
    },
  };
}
