import { HOUR_MS } from '@/lib/sandbox/clock';
import type { Cohorts, HourCounts } from './cohorts';
import { addOneByOne } from './count-one-by-one';
import type { CountQuestion } from './count-question';
import { INSIDE, OUTSIDE, PARTLY } from './interval-set';
import { toPeopleOf } from './people';
import { CELLS } from './segments';
import { ONE_GROUP, type ArmCounts } from './tally';
import { addOutcome, BIT_COUNTS } from './visit-bits';
import {
  LONGEST_RETURN_HOURS,
  OUTCOME_STARTS,
  OUTCOMES,
  VISIT_PATTERNS,
  VISIT_STARTS,
} from './visit-patterns';

const PATTERNS = VISIT_PATTERNS.length;
const VISITS = VISIT_STARTS[PATTERNS]!;

/** Whom each pattern is of. */
const PEOPLE_OF = VISIT_PATTERNS.map(({ offsetsHours }) => toPeopleOf(offsetsHours.at(-1)!));

/**
 * Adds the visits of one stream that fall into the mask to a tally. A visitor counts when at least
 * one visit does; so visits of disjoint sets add up and visitors do not. Whole cohorts are
 * counted at once; only where a border cuts an hour are people looked at one by one.
 */
export function addCounts(
  cohorts: Cohorts,
  question: CountQuestion,
  tally: readonly ArmCounts[][],
): void {
  const { mask, goals, grouping, cutMs } = question;
  const arms = cohorts.stream.shares.length;
  const from = Math.max(cohorts.firstHour, mask.firstHour - LONGEST_RETURN_HOURS);
  const cutHour = Math.ceil(cutMs / HOUR_MS) - 1;
  const to = Math.min(cohorts.lastHour, mask.lastHour, cutHour);
  const isCutWithin = cutMs % HOUR_MS !== 0;
  const bits = new Uint8Array(PATTERNS);
  const isCut = new Array<boolean>(PATTERNS).fill(false);

  for (let hour = from; hour <= to; hour += 1) {
    const found = readHour(question, hour, isCutWithin && hour === cutHour, bits, isCut);
    if (found === NOTHING) continue;
    if (grouping === ONE_GROUP) {
      const counts = cohorts.overCells(hour, goals);
      tally[0]!.forEach((row, arm) => addWhole(row, arm, counts, bits, isCut));
      if (found === WHOLE) continue;
    }
    const counts = cohorts.byCell(hour, goals);
    for (let cell = 0; cell < CELLS.length; cell += 1) {
      const rows = tally[grouping[cell]!];
      if (rows === undefined) continue;
      for (let arm = 0; arm < arms; arm += 1) {
        const leaf = cell * arms + arm;
        const row = rows[arm]!;
        if (grouping !== ONE_GROUP) addWhole(row, leaf, counts, bits, isCut);
        for (let pattern = 0; pattern < PATTERNS && found === CUT; pattern += 1) {
          const people = counts.visitors[leaf * PATTERNS + pattern]!;
          if (isCut[pattern] !== true || people === 0) continue;
          addOneByOne(cohorts, { hour, cell, arm, pattern, people }, question, row);
        }
      }
    }
  }
}

const NOTHING = 0;
const WHOLE = 1;
const CUT = 2;

/**
 * Which visits of this hour's cohort are in, by pattern, and which patterns a border cuts (all of
 * them in an hour in which people stop coming). Says whether anything is in, and whether anything is cut.
 */
function readHour(
  { mask, allowed, people }: CountQuestion,
  hour: number,
  isHourCut: boolean,
  bits: Uint8Array,
  isCut: boolean[],
): number {
  let found = NOTHING;
  for (let pattern = 0; pattern < PATTERNS; pattern += 1) {
    const { offsetsHours } = VISIT_PATTERNS[pattern]!;
    let inside = 0;
    let cut = false;
    const isCounted = (PEOPLE_OF[pattern]! & people) !== 0;
    for (let visit = 0; isCounted && visit < offsetsHours.length; visit += 1) {
      const state = mask.stateOf(hour + offsetsHours[visit]!);
      if (state === OUTSIDE || (allowed & (1 << visit)) === 0) continue;
      if (state === INSIDE) inside |= 1 << visit;
      if (state === PARTLY || isHourCut) cut = true;
    }
    bits[pattern] = inside;
    isCut[pattern] = cut;
    if (cut) found = CUT;
    else if (inside > 0 && found === NOTHING) found = WHOLE;
  }
  return found;
}

/** Adds one leaf's visitors of all patterns that no border cuts. */
function addWhole(
  row: ArmCounts,
  leaf: number,
  { visitors, outcomes, revenues }: HourCounts,
  bits: Uint8Array,
  isCut: readonly boolean[],
): void {
  for (let pattern = 0; pattern < PATTERNS; pattern += 1) {
    const people = visitors[leaf * PATTERNS + pattern]!;
    const inside = bits[pattern]!;
    if (people === 0 || inside === 0 || isCut[pattern] === true) continue;
    row.visits += people * BIT_COUNTS[inside]!;
    row.visitors += people;
    for (let g = 0; g < outcomes.length; g += 1) {
      const goal = row.goals[g]!;
      for (let o = OUTCOME_STARTS[pattern]!; o < OUTCOME_STARTS[pattern + 1]!; o += 1) {
        const converts = outcomes[g]![leaf * OUTCOMES.length + o]!;
        if (converts > 0) addOutcome(goal, o, inside, converts);
      }
      const cents = revenues[g];
      if (cents === undefined) continue;
      const first = VISIT_STARTS[pattern]!;
      for (let slot = first; slot < VISIT_STARTS[pattern + 1]!; slot += 1) {
        if ((inside & (1 << (slot - first))) !== 0) {
          goal.revenueCents += cents[leaf * VISITS + slot]!;
        }
      }
    }
  }
}
