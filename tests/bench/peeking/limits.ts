import type { MethodFigures, NothingFigures } from '@/lib/core/words/method-figures';

/** What must hold (statistics A11, A12.8). Shares. */
export const LIMITS = {
  /** False calls without a planned end: the sequence alone. */
  open: 0.035,
  /** With a planned end the final look spends .03 at once and the sequence .02 over all looks. */
  planned: 0.05,
  missed: 0.05,
  powerAtTwice: 0.85,
  powerAtPlanPlanned: 0.72,
  /** Of experiments, at +10 %; at +20 % none may be, where the test has the people its plan needs. */
  withdrawn: 0.002,
} as const;

/** Every limit that is broken, as a sentence; empty when all hold. */
export const brokenLimits = (figures: MethodFigures): readonly string[] => [
  ...figures.controls
    .filter(({ share, low, high }) => share < low || share > high)
    .map(
      ({ id, share, low, high }) =>
        `control ${id}: ${say(share)} not in ${say(low)} to ${say(high)}`,
    ),
  ...figures.nothing.flatMap(brokenNothing),
  ...figures.effects.flatMap(({ id, open, planned, weights }) => {
    const isEven = weights.length === 2 && weights[0] === weights[1];
    const broken: string[] = [];
    for (const [name, outcome] of [
      ['open', open],
      ['planned', planned],
    ] as const) {
      if (outcome.missedDifference > LIMITS.missed)
        broken.push(`${id}, ${name}: difference missed in ${say(outcome.missedDifference)}`);
      if (outcome.missedLift > LIMITS.missed)
        broken.push(`${id}, ${name}: lift missed in ${say(outcome.missedLift)}`);
    }
    if (isEven && open.powerAtTwice < LIMITS.powerAtTwice)
      broken.push(`${id}: power ${say(open.powerAtTwice)} at twice the plan`);
    if (isEven && planned.powerAtPlan < LIMITS.powerAtPlanPlanned)
      broken.push(`${id}: power ${say(planned.powerAtPlan)} at the planned end`);
    return broken;
  }),
  ...figures.life.flatMap(({ id, lift, withdrawn }) => {
    // A test with too few people for its plan is told and not held to anything: what it calls is lucky by selection.
    if (id.endsWith('-thin')) return [];
    const limit = lift > 0.15 ? 0 : LIMITS.withdrawn;
    return withdrawn > limit
      ? [`${id}: ${say(withdrawn)} of experiments withdrew a confirmed call`]
      : [];
  }),
];

function brokenNothing({ id, open, planned }: NothingFigures): string[] {
  const broken: string[] = [];
  if (open.called > LIMITS.open) broken.push(`${id}: false calls ${say(open.called)}`);
  if (planned !== null && planned.called > LIMITS.planned)
    broken.push(`${id}, planned end: false calls ${say(planned.called)}`);
  return broken;
}

const say = (share: number): string => `${(share * 100).toFixed(2)} %`;
