/** What changed since somebody looked last, in one line: only what somebody who decides would want to know. */
import type { Reading } from '@/lib/core/live/reading';
import type { VariationId } from '@/lib/core/experiment/ids';
import { toJudged, type DisplayState } from '@/lib/core/words/display-state';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

/** What a page showed, as short as it can be kept in a browser. */
export interface Visit {
  /** Upstream time. */
  readonly atMs: number;
  readonly state: DisplayState;
  readonly status: string;
  readonly isHealthy: boolean;
  /** Those called, winners and losers. */
  readonly called: readonly string[];
  readonly call: 'none' | 'called' | 'confirmed' | 'shaken';
  /** Lift of each variation that had an interval. */
  readonly lifts: Readonly<Record<string, number>>;
}

export function toVisit(reading: Reading, nowMs: number): Visit | null {
  const { analysis, experiment } = reading;
  if (analysis === null) return null;
  const { state } = toJudged(reading);
  const { winners, losers } = analysis.verdict;
  const isCalled = CALLS.has(state);
  const drawn = analysis.arms.flatMap(({ variationId, comparison }) =>
    comparison?.lift == null || comparison.liftInterval === null
      ? []
      : [[variationId, comparison.lift] as const],
  );
  return {
    atMs: nowMs,
    state,
    status: experiment.status,
    isHealthy: analysis.health.state !== 'unhealthy',
    called: isCalled ? [...winners, ...losers] : [],
    call: isCalled ? lifeOf(analysis.call) : 'none',
    lifts: Object.fromEntries(drawn),
  };
}

const CALLS: ReadonlySet<DisplayState> = new Set([
  'winner',
  'several-winners',
  'loser',
  'no-difference',
]);

type KnownCall = NonNullable<Reading['analysis']>['call'];

function lifeOf(call: KnownCall): Visit['call'] {
  if (call === null || call.withdrawn !== null) return 'none';
  if (call.shakenAtMs !== null) return 'shaken';
  return call.confirmedAtMs === null ? 'called' : 'confirmed';
}

type Change =
  | 'unhealthy'
  | 'healthy'
  | 'withdrawn'
  | 'called'
  | 'otherCall'
  | 'shaken'
  | 'confirmed'
  | 'paused'
  | 'stopped'
  | 'active';

/** The weightiest change; null where nothing that matters differs. A lift that merely moved is no news. */
function findChange(before: Visit, now: Visit): Change | null {
  if (before.isHealthy !== now.isHealthy) return now.isHealthy ? 'healthy' : 'unhealthy';
  const wasCalled = CALLS.has(before.state);
  if (now.state === 'withdrawn' && before.state !== 'withdrawn') return 'withdrawn';
  if (CALLS.has(now.state)) {
    if (!wasCalled) return 'called';
    const isSame = before.state === now.state && before.called.join() === now.called.join();
    if (!isSame) return 'otherCall';
    if (before.call !== now.call && (now.call === 'shaken' || now.call === 'confirmed'))
      return now.call;
  }
  if (before.status === now.status) return null;
  const { status } = now;
  return status === 'paused' || status === 'stopped' || status === 'active' ? status : null;
}

/** "Since you looked on 12 May, 14:05: called; lift of Redesign 1 was +4.1%, now +6.2%." */
export function sinceVisit(
  before: Visit,
  reading: Reading,
  formats: Formats,
  nowMs: number,
): Phrase | null {
  const now = toVisit(reading, nowMs);
  if (now === null || reading.analysis === null) return null;
  const change = findChange(before, now);
  if (change === null) return null;
  const { leaderId, verdict } = reading.analysis;
  const id = verdict.variationId ?? leaderId;
  const lift = liftsOf(id, before, now);
  // No figure beside data that cannot be trusted, nor one that reads the same.
  const [was, is] = lift === null ? ['', ''] : lift.map(formats.signedPercent);
  const hasLift = now.isHealthy && before.isHealthy && lift !== null && was !== is;
  return say('time.visit', {
    moment: formats.moment(before.atMs, nowMs),
    change,
    hasLift: hasLift ? 'yes' : 'no',
    name: armOf(reading.analysis, id) === null ? '' : nameOf(reading, id),
    before: was ?? '',
    now: is ?? '',
  });
}

function liftsOf(id: VariationId | null, before: Visit, now: Visit): [number, number] | null {
  const was = id === null ? undefined : before.lifts[id];
  const is = id === null ? undefined : now.lifts[id];
  return was === undefined || is === undefined ? null : [was, is];
}
