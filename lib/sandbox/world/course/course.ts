import type { Cohorts } from '@/lib/sandbox/world/cohorts';
import type { Speed } from '@/lib/sandbox/world/create-streams';
import { toDisjoint, type Interval } from '@/lib/sandbox/world/interval-set';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import { createPlainSource } from '@/lib/sandbox/world/plain/plain-source';
import { createReport, type ReportQuestion } from '@/lib/sandbox/world/report';
import { createStreamSource, type Source } from '@/lib/sandbox/world/source';
import type { ArmCounts } from '@/lib/sandbox/world/tally';
import { toAttached, toEverAttached } from './attached';
import { createCourseSource } from './course-source';
import { toStretchPlan } from './plain-stretch';
import { createStretchPeople } from './stream-stretch';
import { toStretches, type Stretch } from './stretches';
import { ORIGIN, toPlannedArms, type Subject } from './subject';
import { createTruth } from './truth';

/** The life of an experiment: what it has counted, whoever changed it and whenever. */
export interface Course {
  /** `origin` (first, where it ever got anything) and variation ids; those that are gone as well, if they counted. */
  readonly arms: readonly string[];
  /** When it collects, disjoint and sorted; the last may be endless. */
  readonly collected: readonly Interval[];
  /** Every goal it has ever had. */
  readonly goals: ReadonlySet<number>;
  /** Counts by row key, each by arm, of what happened up to `nowMs`. */
  report(question: ReportQuestion, nowMs: number): Map<string, ArmCounts[]>;
}

export interface CourseWorld {
  readonly seed: number;
  readonly speed: Speed;
  /** The people of a story as the catalogue tells it. */
  storyOf(plan: ExperimentPlan): readonly Cohorts[];
  /** Keeps what was drawn under a name, so that a turn redraws nothing. */
  keep(name: string, create: () => readonly Cohorts[]): readonly Cohorts[];
}

const EVER: Interval = { startMs: -Infinity, endMs: Infinity };

export function createCourse(subject: Subject, world: CourseWorld): Course {
  const { plan, turns } = subject;
  const stretches = toStretches(plan, turns);
  const arms = toArms(subject, stretches);
  const sources = stretches.map((stretch) => ({
    source: toSource(stretch, stretches, subject, world),
    places: toKeys(stretch, plan).map((key) => arms.indexOf(key)),
  }));
  const source = createCourseSource(sources, (goalId) => toAttached(plan, turns, goalId));
  const collected = toDisjoint(stretches, EVER);
  return {
    arms,
    collected,
    goals: toEverAttached(plan, turns),
    report: (question, nowMs) => {
      const past = toDisjoint(collected, { startMs: -Infinity, endMs: nowMs });
      return createReport(source, arms.length, past, question);
    },
  };
}

/** Arms of a stretch in its source's order: a told one has those of its plan, with nothing or not. */
function toKeys({ isTold, shares }: Stretch, plan: ExperimentPlan | undefined): readonly string[] {
  return isTold && plan !== undefined ? toPlannedArms(plan) : [...shares.keys()];
}

function toArms({ plan, told }: Subject, stretches: readonly Stretch[]): readonly string[] {
  const all = [...stretches.flatMap((stretch) => toKeys(stretch, plan)), ...told];
  const ids = all.filter((key) => key !== ORIGIN);
  return [...new Set(all.includes(ORIGIN) ? [ORIGIN, ...ids] : ids)];
}

function toSource(
  stretch: Stretch,
  stretches: readonly Stretch[],
  { id, plan }: Subject,
  { seed, speed, storyOf, keep }: CourseWorld,
): Source {
  const { isTold, place, startMs, shares } = stretch;
  const truth = createTruth(id, seed, plan, stretches);
  if (plan?.plain !== undefined) {
    const { plain } = plan;
    const keys = toPlannedArms(plan);
    const ratesOf = (goalId: number) => truth.ratesOf(goalId, keys, (of) => plain.rates[of]);
    const own = isTold
      ? { ...plan, plain: { ...plain, ratesOf } }
      : toStretchPlan({ ...plan, plain }, stretch, truth);
    return createPlainSource(own, seed, speed, { place, cutMs: stretch.endMs });
  }
  if (isTold && plan !== undefined) {
    // What the catalogue itself ends has its end in its streams.
    const cutMs = plan.endMs === undefined ? stretch.endMs : Infinity;
    return createStreamSource(storyOf(plan), cutMs);
  }
  const toldShares = stretches.find((other) => other.isTold)?.shares;
  const name = [id, place, startMs, truth.best, ...shares].join(' ');
  const people = keep(name, () =>
    createStretchPeople(stretch, { id, plan, worldSeed: seed, speed, truth, toldShares }),
  );
  return createStreamSource(people, stretch.endMs);
}
