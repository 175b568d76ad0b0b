import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { ProblemCode } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';

/** So many experiments that failed one after another, none read in between, are no trouble of their own. */
const FAILURES_THAT_TELL = 2;
/** While nothing gets through, one experiment tries at least this often: the page must be well a minute after the API is. */
const PROBE_EVERY_MS = 30_000;

/** What goes wrong with one experiment and says nothing of the others. */
const OWN: ReadonlySet<ProblemCode> = new Set([
  'upstream-forbidden',
  'upstream-not-found',
  'upstream-locked',
  'upstream-rejected',
  'not-found',
  'internal',
]);

/** Whether a failure may well concern every reading of the connection. */
export const concernsAll = (code: ProblemCode): boolean => !OWN.has(code);

/** Tells an API that is gone from an experiment in trouble, and who was struck by it. */
export interface Outage {
  /** Something got through. Gives those whom the outage struck, now to be asked about again. */
  onGood(): readonly ExperimentId[];
  onFailed(id: ExperimentId, code: ProblemCode): void;
  /** When something should be tried whatever its own waiting time says; null while all is well. */
  probeAtMs(): number | null;
  /** Somebody tries. */
  onTry(): void;
}

export function createOutage({ clock }: { readonly clock: Clock }): Outage {
  const struck = new Set<ExperimentId>();
  let lastTryMs = clock.monotonicMs();
  return {
    onGood() {
      // A single failure in between is one experiment's own: it keeps its own pace.
      const recovered = struck.size >= FAILURES_THAT_TELL ? [...struck] : [];
      struck.clear();
      return recovered;
    },
    onFailed(id, code) {
      if (concernsAll(code)) struck.add(id);
    },
    probeAtMs: () => (struck.size === 0 ? null : lastTryMs + PROBE_EVERY_MS),
    onTry() {
      lastTryMs = clock.monotonicMs();
    },
  };
}
