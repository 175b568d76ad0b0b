import 'server-only';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { CountingForm } from '@/lib/server/kameleoon/client';

/** What a snapshot counts, and since when. */
export const kindOf = ({ unit, sinceMs }: Snapshot): CountingForm => ({
  unit,
  sinceMs: sinceMs ?? null,
});

export const isSameForm = (one: CountingForm, other: CountingForm): boolean =>
  one.unit === other.unit && one.sinceMs === other.sinceMs;

/** Only counts of one kind are held against each other: the same unit, since the same moment (statistics A12). */
export const isOfOneKind = (one: Snapshot, other: Snapshot): boolean =>
  isSameForm(kindOf(one), kindOf(other));

/** The looks that may stand beside the newest snapshot; all of them where there is none. */
export const ofKind = (looks: readonly Look[], latest: Snapshot | null): readonly Look[] =>
  latest === null || looks.every(({ snapshot }) => isOfOneKind(snapshot, latest))
    ? looks
    : looks.filter(({ snapshot }) => isOfOneKind(snapshot, latest));
