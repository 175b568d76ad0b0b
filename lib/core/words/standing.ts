/** Where an experiment stands in the list: under which heading, and after whom. One truth for server and page. */
import { LIST_GROUPS, type ListGroup } from '@/lib/core/live/list-ask';
import type { Reading } from '@/lib/core/live/reading';
import { toJudged, type DisplayState, type Judged } from '@/lib/core/words/display-state';
import { STATE_LOOK, type VerdictShape } from '@/lib/core/words/state-look';

export interface Standing {
  readonly key: string;
  readonly group: ListGroup;
  readonly shape: VerdictShape;
  readonly name: string;
  readonly isRunning: boolean;
  /** When it came to rest; null while it runs, and where that is not known. */
  readonly restedAtMs: number | null;
}

const GROUP: Readonly<Record<DisplayState, ListGroup>> = {
  loser: 'act-now',
  blocked: 'act-now',
  // Whoever acted on the call must hear of it.
  withdrawn: 'act-now',
  winner: 'decide',
  'several-winners': 'decide',
  'no-difference': 'decide',
  collecting: 'running',
  inconclusive: 'running',
  exploratory: 'running',
  waiting: 'unread',
  'not-applicable': 'at-rest',
  draft: 'at-rest',
};

export function groupOf(judged: Judged): ListGroup {
  if (judged.rest !== null) return 'at-rest';
  // An arm that loses is to be acted on, whatever the others still do.
  if (judged.hasLoserAside) return 'act-now';
  return judged.isNearCall ? 'close' : GROUP[judged.state];
}

export function toStanding(
  reading: Pick<Reading, 'questionKey' | 'experiment' | 'analysis'>,
): Standing {
  const { questionKey, experiment } = reading;
  const judged = toJudged(reading);
  return {
    key: questionKey,
    group: groupOf(judged),
    shape: STATE_LOOK[judged.state].shape,
    name: experiment.name,
    isRunning: experiment.status === 'active',
    restedAtMs:
      judged.rest === null ? null : (experiment.statusChangedAtMs ?? experiment.endedAtMs),
  };
}

const SHAPE_ORDER: readonly VerdictShape[] = [
  'down',
  'octagon',
  'diamond-struck',
  'up',
  'two-up',
  'bars',
];

const rankOf = ({ shape }: Standing): number => {
  const at = SHAPE_ORDER.indexOf(shape);
  return at === -1 ? SHAPE_ORDER.length : at;
};

/** Group by group. Inside: harm before blocked, winners before the rest, then by name; at rest what still runs, then the latest first. */
export const compareStandings =
  (compareNames: (a: Standing, b: Standing) => number) =>
  (a: Standing, b: Standing): number =>
    LIST_GROUPS.indexOf(a.group) - LIST_GROUPS.indexOf(b.group) ||
    (a.group === 'at-rest' ? byRest(a, b) : rankOf(a) - rankOf(b)) ||
    compareNames(a, b);

const byRest = (a: Standing, b: Standing): number => {
  if (a.isRunning !== b.isRunning) return a.isRunning ? -1 : 1;
  if (a.restedAtMs === b.restedAtMs) return 0;
  if (a.restedAtMs === null) return 1;
  return b.restedAtMs === null ? -1 : b.restedAtMs - a.restedAtMs;
};

/** By name as readers of a language sort, numbers by value; equal names by key. */
export function namesIn(locale: string): (a: Standing, b: Standing) => number {
  const byName = new Intl.Collator(locale, { numeric: true });
  return (a, b) => byName.compare(a.name, b.name) || byName.compare(a.key, b.key);
}
