import 'server-only';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { GoalPlan, Settings } from '@/lib/core/analysis/settings';
import type { ExperimentId, GoalId } from '@/lib/core/experiment/ids';
import { experimentId, goalId } from '@/lib/core/experiment/ids';
import type { LocatedJson } from '@/lib/server/config/json-lines';
import { readJsonLines } from '@/lib/server/config/json-lines';

/** What people planned before the first look, by experiment; what they left open is the default. */
export type Plans = ReadonlyMap<ExperimentId, Partial<Settings>>;

type Fault = (variable: string, fault: string, fix: string) => void;

const VARIABLE = 'PLANS_FILE';

/** Ids have up to 19 digits, more than a number of JSON holds. */
const isId = (value: unknown): value is string | number =>
  typeof value === 'string'
    ? /^\d{1,19}$/.test(value)
    : Number.isSafeInteger(value) && Number(value) >= 0;
const id = z
  .custom<string | number>(isId, {
    error: 'is not an id: use its digits, in quotes where they are more than 15',
  })
  .transform(String);
const EFFECT = 'is no fraction above 0 and at most 1: write 5 % as 0.05';

const effect = z
  .number({ error: EFFECT })
  .positive({ error: EFFECT })
  .max(1, { error: EFFECT })
  .optional();

const goal = z.strictObject({
  goal: id,
  role: z
    .enum(['secondary', 'guardrail'], { error: 'is neither "secondary" nor "guardrail"' })
    .optional(),
  better: z.enum(['higher', 'lower'], { error: 'is neither "higher" nor "lower"' }).optional(),
});
const PEOPLE = 'is not a whole number of people, from 100 to 1,000,000,000';
const plan = z.strictObject({
  experiment: id,
  plannedVisitors: z
    .number({ error: PEOPLE })
    .int({ error: PEOPLE })
    .min(100, { error: PEOPLE })
    .max(1e9, { error: PEOPLE })
    .optional(),
  plannedEffect: effect,
  smallestEffect: effect,
  goals: z.array(goal, { error: 'is not a list' }).optional(),
  maxOrderValue: z
    .number({ error: 'is not a number' })
    .positive({ error: 'is not a number above 0' })
    .optional(),
});
const file = z.array(plan, { error: 'is not a list of plans' });

const FIX = 'correct that line, see "Plans" in docs/running.md';

/**
 * Reads the file of plans that `PLANS_FILE` names; without it nobody planned anything. Every fault is told with its line
 * and field.
 */
export function readPlans(path: string | undefined, fault: Fault): Plans {
  if (path === undefined) return new Map();
  let text: string;
  try {
    text = readFileSync(/* turbopackIgnore: true */ path, 'utf8');
  } catch {
    fault(VARIABLE, 'names a file that cannot be read', 'give the path of a readable JSON file');
    return new Map();
  }
  const read = readJsonLines(text);
  if (!read.ok) {
    fault(VARIABLE, `holds no JSON: line ${read.line} cannot be read`, FIX);
    return new Map();
  }
  const parsed = file.safeParse(read.value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) tell(issue, read, fault);
    return new Map();
  }
  return toPlans(parsed.data, read, fault);
}

type Located = Extract<LocatedJson, { readonly ok: true }>;

/** An unknown key is told of where its object begins. */
function tell(issue: z.core.$ZodIssue, { lineOf }: Located, fault: Fault): void {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys)
      fault(
        VARIABLE,
        `line ${lineOf([...issue.path, key])}: ${toField([...issue.path, key])} is not known`,
        FIX,
      );
    return;
  }
  const what = issue.message.startsWith('is ') ? issue.message : 'is not of the right kind';
  fault(VARIABLE, `line ${lineOf(issue.path)}: ${toField(issue.path)} ${what}`, FIX);
}

/** Example: `[2].goals[0].better`. */
const toField = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    '',
  ) || 'the whole';

function toPlans(given: z.infer<typeof file>, { lineOf }: Located, fault: Fault): Plans {
  const plans = new Map<ExperimentId, Partial<Settings>>();
  given.forEach((one, at) => {
    const own = experimentId(one.experiment);
    if (plans.has(own))
      fault(VARIABLE, `line ${lineOf([at])}: experiment ${own} is planned twice`, FIX);
    const goals = new Map<GoalId, GoalPlan>();
    one.goals?.forEach(({ goal: raw, role = 'secondary', better = 'higher' }, place) => {
      if (goals.has(goalId(raw)))
        fault(VARIABLE, `line ${lineOf([at, 'goals', place])}: goal ${raw} is named twice`, FIX);
      goals.set(goalId(raw), { role, better });
    });
    const { plannedVisitors, plannedEffect, smallestEffect, maxOrderValue } = one;
    plans.set(own, {
      ...(plannedVisitors !== undefined && { plannedEnd: plannedVisitors }),
      ...(plannedEffect !== undefined && { plannedEffect }),
      ...(smallestEffect !== undefined && { smallestEffect }),
      ...(goals.size > 0 && { goals: Object.fromEntries(goals) }),
      ...(maxOrderValue !== undefined && { maxOrderValue }),
    });
  });
  return plans;
}
