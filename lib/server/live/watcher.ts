import 'server-only';
import type { Call, CallEvent } from '@/lib/core/analysis/call';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { Hub } from '@/lib/server/live/hub';

export interface Watcher {
  /** Follows exactly these experiments from now on. */
  follow(ids: readonly ExperimentId[]): void;
  stop(): void;
}

export interface WatcherOptions {
  readonly hub: Pick<Hub, 'subscribe'>;
  /**
   * Something happened to a call (made, confirmed, shaken, withdrawn, ...), whether or not anybody looked. Not told for
   * what held when following began.
   */
  readonly onCall: (id: ExperimentId, call: Call, event: CallEvent) => void;
}

/** The subscriber that never leaves: calls, curves and alerts must not depend on somebody looking. */
export function createWatcher({ hub, onCall }: WatcherOptions): Watcher {
  const leaves = new Map<ExperimentId, () => void>();

  const follow = (id: ExperimentId): (() => void) => {
    let before: ReadonlySet<string> | undefined;
    return hub.subscribe(
      [toQuestion(id)],
      ({ event }) => {
        if (event.type !== 'analysis' || !event.reading.analysis) return;
        const all = event.reading.analysis.calls.flatMap((call) =>
          call.events.map((one) => ({ call, one, key: toKey(call, one) })),
        );
        if (before)
          for (const { call, one, key } of all) if (!before.has(key)) onCall(id, call, one);
        before = new Set(all.map(({ key }) => key));
      },
      'watcher',
    );
  };

  return {
    follow(ids) {
      const wanted = new Set(ids);
      for (const [id, leave] of leaves)
        if (!wanted.has(id)) {
          leave();
          leaves.delete(id);
        }
      for (const id of wanted) if (!leaves.has(id)) leaves.set(id, follow(id));
    },
    stop() {
      for (const leave of leaves.values()) leave();
      leaves.clear();
    },
  };
}

const toKey = ({ variationId, state, unit, sinceMs }: Call, { kind, atMs }: CallEvent): string =>
  [variationId, state, unit, sinceMs, kind, atMs].join('|');
