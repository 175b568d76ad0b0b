import type { Counts } from '@/lib/cli/analyse/counts';
import type { Reason } from '@/lib/core/analysis/reason';

/** A moment as far as it is known: the look (from 1), its date, its days since launch. */
export interface Moment {
  readonly look: number | null;
  readonly at: string | null;
  readonly days: number | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function toMoment(counts: Counts, atMs: number): Moment {
  const { timing, looks, startedAtMs, asOfMs } = counts;
  const place = looks.findIndex((look) => look.atMs === atMs);
  const since = timing === 'order' ? null : (startedAtMs ?? looks[0]?.atMs ?? atMs);
  const dated = timing === 'dated' ? atMs : asOfMs;
  return {
    look: place < 0 ? null : place + 1,
    at: dated === null ? null : new Date(dated).toISOString(),
    days: since === null ? null : (atMs - since) / DAY_MS,
  };
}

/** A reason with its moments as they can be said; the names of arms stand where ids were. */
export function toPlainReason(counts: Counts, reason: Reason): Readonly<Record<string, unknown>> {
  const plain: Record<string, unknown> = { ...reason };
  if ('atMs' in reason) {
    delete plain['atMs'];
    plain['moment'] = toMoment(counts, reason.atMs);
  }
  if ('untilMs' in reason) {
    delete plain['untilMs'];
    plain['until'] = counts.timing === 'dated' ? new Date(reason.untilMs).toISOString() : null;
  }
  return plain;
}
