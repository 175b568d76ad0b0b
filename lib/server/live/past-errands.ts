import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import { kindOf, ofKind } from '@/lib/server/experiments/one-kind';
import type { Track } from '@/lib/server/experiments/track';
import type { CountingForm } from '@/lib/server/kameleoon/client';
import type { PastPoint } from '@/lib/server/live/backfill-plan';
import { planPast, toMissing } from '@/lib/server/live/backfill-plan';
import type { Interest } from '@/lib/server/live/interest';

/** A point that is refused this often is left out until the process starts again. */
const MAX_TRIES = 3;
/** So few experiments at rest get their past although nobody looks; thousands would cost days of budget for nobody. */
const FEW_AT_REST = 60;
/** The first points of an open page: enough to see a course. */
const PRESSING_POINTS = 6;

/** One point of the past that is worth buying. */
export interface Errand extends PastPoint {
  readonly track: Track;
  /** As its newest counts are, so that the point can stand beside them. */
  readonly form: CountingForm;
  readonly isWatched: boolean;
  /** An open page shows next to no curve as yet. */
  readonly isPressing: boolean;
}

export interface PastErrands {
  /** The next to buy; undefined: nothing is missing. */
  next(): Errand | undefined;
  /** It is being bought; to be told when that has ended. */
  begin(errand: Errand): () => void;
  /** The point was refused. */
  failed(errand: Errand): void;
  /** How many points are still to be bought. */
  left(): number;
}

export interface PastErrandsOptions {
  readonly tracks: () => readonly Track[];
  readonly isWatched: (id: ExperimentId) => boolean;
  readonly isFocused: (id: ExperimentId) => boolean;
  readonly interest: Pick<Interest, 'has'>;
}

/** Which points are missing, and whose come first. */
export function createPastErrands(options: PastErrandsOptions): PastErrands {
  const { tracks, isWatched, isFocused, interest } = options;
  const tries = new Map<string, number>();
  const begun = new Set<string>();
  /** Planned once for each state of a track. */
  const plans = new WeakMap<Track, { readonly revision: number; readonly missing: PastPoint[] }>();

  const keyOf = (track: Track, endMs: number): string => `${track.experiment().id}|${endMs}`;

  const missingOf = (track: Track): readonly PastPoint[] => {
    const known = plans.get(track);
    const revision = track.revision();
    if (known?.revision === revision) return known.missing;
    // What sleeps shows none of its points; it is woken when somebody opens it.
    if (track.isAsleep() || track.experiment().status === 'draft') return [];
    const looks = ofKind(track.looks(), track.latest());
    const first = looks.find(({ source }) => source === 'live')?.snapshot;
    if (!first) return [];
    const missing = toMissing(planPast(track.experiment(), first), looks);
    plans.set(track, { revision, missing });
    return missing;
  };

  const toRank = ({ track, isWatched: seen, level }: Errand): number => {
    const { id, status } = track.experiment();
    return (isFocused(id) ? 0 : seen ? 100 : 200) + (status === 'active' ? 0 : 10) + level;
  };

  const isWanted = (track: Track, { endMs }: PastPoint): boolean =>
    (tries.get(keyOf(track, endMs)) ?? 0) < MAX_TRIES;

  /** Points of the past that the shown curve has: of the kind that is counted now. */
  const boughtOf = (track: Track, latest: Snapshot): number =>
    ofKind(track.looks(), latest).filter(({ source }) => source === 'backfill').length;

  /** Those whose past is worth its price. */
  const worthy = (): readonly Track[] => {
    const all = tracks();
    const isAtRest = (track: Track): boolean => track.experiment().status !== 'active';
    const areFew = all.filter(isAtRest).length <= FEW_AT_REST;
    return all.filter((track) => areFew || !isAtRest(track) || interest.has(track.experiment().id));
  };

  return {
    left: () =>
      worthy().reduce(
        (sum, track) => sum + missingOf(track).filter((point) => isWanted(track, point)).length,
        0,
      ),
    /** An open page first, then what is looked at, then what runs, coarse before fine; else the catalogue's order. */
    next() {
      let best: Errand | undefined;
      for (const track of worthy()) {
        const { id } = track.experiment();
        const point = missingOf(track).find(
          (one) => !begun.has(keyOf(track, one.endMs)) && isWanted(track, one),
        );
        const latest = track.latest();
        if (!point || !latest) continue;
        const isPressing = isFocused(id) && boughtOf(track, latest) < PRESSING_POINTS;
        const form = kindOf(latest);
        const errand = { ...point, track, form, isWatched: isWatched(id), isPressing };
        if (!best || toRank(errand) < toRank(best)) best = errand;
      }
      return best;
    },
    begin({ track, endMs }) {
      const key = keyOf(track, endMs);
      begun.add(key);
      return () => begun.delete(key);
    },
    failed({ track, endMs }) {
      const key = keyOf(track, endMs);
      tries.set(key, (tries.get(key) ?? 0) + 1);
    },
  };
}
