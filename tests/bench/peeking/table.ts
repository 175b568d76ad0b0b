import type { EffectOutcome, MethodFigures, NothingOutcome } from '@/lib/core/words/method-figures';

const percent = (share: number): string => (share * 100).toFixed(1).padStart(6);
const fine = (share: number): string => (share * 100).toFixed(2).padStart(7);
const whole = (count: number): string => count.toLocaleString('en-GB').padStart(9);
const name = (id: string): string => id.padEnd(20);

const ofNothing = (outcome: NothingOutcome | null): string =>
  outcome === null
    ? ''.padStart(28)
    : fine(outcome.called) + fine(outcome.winners) + fine(outcome.blocked) + fine(outcome.withheld);

const ofEffect = (outcome: EffectOutcome): string =>
  percent(outcome.powerAtPlan) +
  percent(outcome.powerAtTwice) +
  fine(outcome.wrong) +
  fine(outcome.missedDifference) +
  fine(outcome.missedLift) +
  fine(outcome.missedAtCall) +
  whole(outcome.meanPeople);

/** The whole result as text; shares in percent. */
export function toTable({ controls, nothing, effects, rivals, life }: MethodFigures): string {
  const lines: string[] = [];
  const section = (title: string, head: string, rows: readonly string[]): void => {
    if (rows.length > 0) lines.push('', title, head, ...rows);
  };
  section(
    'The harness is not blind: rules that must go wrong, called at any look',
    `${name('')} called    low   high`,
    controls.map(
      ({ id, share, low, high }) => name(id) + percent(share) + percent(low) + percent(high),
    ),
  );
  section(
    'No difference: false calls at any look (at most 3.5, with a planned end 5), winners among them, blocked by the split check, withheld throughout',
    `${name('')}  no planned end               planned end            unguarded`,
    nothing.map(
      ({ id, open, planned, unguarded }) =>
        name(id) +
        ofNothing(open) +
        ofNothing(planned) +
        (unguarded === null ? '' : percent(unguarded)),
    ),
  );
  for (const kind of ['open', 'planned'] as const)
    section(
      `A difference, ${kind === 'open' ? 'no planned end' : 'planned end'}`,
      `${name('')}  plan  twice  wrong missedD missedL  atCall   people`,
      effects.map((row) => name(row.id) + ofEffect(row[kind])),
    );
  section(
    'Rules side by side: false calls in A/A | power, people at the call, calls not held at the end, +10 % on 5 %',
    `${name('')}  even uneven extreme few |  plan  twice    people withdrawn`,
    rivals.map(
      ({ id, falseCalls, powerAtPlan, powerAtTwice, meanPeople, withdrawn }) =>
        name(id) +
        Object.values(falseCalls).map(percent).join('') +
        ' |' +
        percent(powerAtPlan) +
        percent(powerAtTwice) +
        whole(meanPeople) +
        percent(withdrawn),
    ),
  );
  section(
    'Life of a call: shares of experiments',
    `${name('')} called confirmed shaken withdrawn of-calls by-split`,
    life.map(
      (row) =>
        name(row.id) +
        percent(row.called) +
        percent(row.confirmed) +
        percent(row.shaken) +
        fine(row.withdrawn) +
        fine(row.withdrawnOfCalls) +
        fine(row.withdrawnBySplit),
    ),
  );
  return lines.join('\n');
}
