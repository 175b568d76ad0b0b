import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';

/** By which open pages see that somebody's notes on an experiment changed; rises with every change, and never falls. */
export interface NoteRevisions {
  of(id: ExperimentId): number;
  raise(id: ExperimentId): number;
}

/** Numbers are moments of the wall clock, so that those of this process lie above those of the one before. */
export function createNoteRevisions(clock: Pick<Clock, 'nowMs'>): NoteRevisions {
  const begun = Math.round(clock.nowMs());
  const revisions = new Map<ExperimentId, number>();
  const of = (id: ExperimentId): number => revisions.get(id) ?? begun;
  return {
    of,
    raise(id) {
      const next = Math.max(of(id) + 1, Math.round(clock.nowMs()));
      revisions.set(id, next);
      return next;
    },
  };
}
