import { findGoal, toId } from '@/lib/cli/verdict/find';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import type { Session } from '@/lib/cli/verdict/session';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import { ORIGINAL, goalId, variationId } from '@/lib/core/experiment/ids';
import type { Method } from '@/lib/core/experiment/question';
import { ProblemError, isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Directory } from '@/lib/server/kameleoon/translate-experiment';
import { namedVariationIds, toExperiment } from '@/lib/server/kameleoon/translate-experiment';
import type { WireExperiment, WireGoal, WireSite } from '@/lib/server/kameleoon/wire';
import { wireExperiment } from '@/lib/server/kameleoon/wire';

export interface SubjectOptions {
  readonly id: string;
  readonly goal?: string;
  readonly reference?: string;
  readonly level: number;
}

/** Whose results, judged how. All names are fit for a terminal. */
export interface Subject {
  readonly experiment: Experiment;
  readonly method: Method;
  readonly goalIds: readonly string[];
  /** null: the original. */
  readonly referenceId: string | null;
}

/**
 * An experiment with its goals and variations by name, in the house's words. `before`: an earlier reading, whose names
 * are not asked for again.
 */
export async function readSubject(
  session: Session,
  options: SubjectOptions,
  before: Subject | null = null,
): Promise<Subject> {
  const id = toId(options.id, 'experiment');
  const { rest } = await session.api.experiments.read(id, { optionalFields: ['goals', 'tags'] });
  const parsed = wireExperiment.safeParse(rest);
  if (!parsed.success)
    throw new ProblemError(
      toProblem('upstream-unreadable', `GET /experiments/${id}: does not fit its form`),
    );
  const wire = parsed.data;
  const chosen =
    before === null ? await chooseGoal(session, wire, options.goal) : before.method.goalId;
  const experiment = toExperiment(
    { ...wire, name: plain(wire.name ?? '') },
    await readNames(session, wire, before?.experiment ?? null),
  );
  const referenceId =
    options.reference === undefined ? null : toReference(experiment, options.reference);
  return {
    experiment,
    goalIds: chosen === null ? goalIdsOf(wire) : [chosen],
    referenceId,
    method: {
      goalId: chosen === null ? null : goalId(chosen),
      referenceId: referenceId === null ? null : variationId(referenceId),
      confidenceLevel: options.level,
    },
  };
}

const goalIdsOf = ({ goals, mainGoalId }: WireExperiment): string[] => [
  ...new Set([...(goals ?? []), ...(mainGoalId ? [mainGoalId] : [])]),
];

async function chooseGoal(
  session: Session,
  wire: WireExperiment,
  wanted: string | undefined,
): Promise<string | null> {
  if (wanted === undefined) return null;
  const { id } = await findGoal(session, wire.siteId ?? '', wanted);
  const known = goalIdsOf(wire);
  if (!known.includes(id))
    throw new InputFault(
      `--goal ${id}: is none of the goals of experiment ${wire.id} (${known.join(', ')})`,
    );
  return id;
}

/** What ids resolve to; each name is asked for once. */
async function readNames(
  { api }: Session,
  wire: WireExperiment,
  known: Experiment | null,
): Promise<Directory> {
  const goals = new Map<string, WireGoal>();
  for (const id of goalIdsOf(wire)) {
    const own = known?.goals.find((goal) => goal.id === id);
    const found = own ? { ...own, type: own.kind } : await labelOf(() => api.goals.read(id));
    const { type = null, hasMultipleConversions = null } = found ?? {};
    if (found !== null)
      goals.set(id, { id, name: plain(found.name ?? ''), type, hasMultipleConversions });
  }
  const variationNames = new Map<VariationId, string>();
  for (const id of namedVariationIds(wire)) {
    const own = known?.variations.find((variation) => variation.id === id);
    const found = own ?? (await labelOf(() => api.variations.read(id)));
    if (found !== null) variationNames.set(id, plain(found.name ?? ''));
  }
  const { siteId } = wire;
  const own = known?.project;
  const site =
    own?.id === siteId && own !== undefined
      ? { name: own.name, code: null, url: null }
      : siteId == null
        ? null
        : await labelOf(() => api.sites.read(siteId));
  const sites = new Map<string, WireSite>();
  if (siteId != null && site !== null) {
    const [name, url] = [site.name, site.url].map((text) => plain(text ?? ''));
    sites.set(siteId, { id: siteId, name, code: site.code, url });
  }
  return { sites, goals, variationNames };
}

/** A name is a label: that it cannot be read is no failure of the results. */
async function labelOf<Row>(read: () => Promise<Row>): Promise<Row | null> {
  try {
    return await read();
  } catch (error) {
    const code = isProblemError(error) ? error.problem.code : null;
    if (
      code === 'upstream-not-found' ||
      code === 'upstream-forbidden' ||
      code === 'upstream-locked'
    )
      return null;
    throw error;
  }
}

/** A variation by id or name; `origin` and `0` are the original. */
function toReference({ variations, id }: Experiment, text: string): string {
  const key = text === 'origin' ? String(ORIGINAL) : text;
  const found = variations.find((one) => one.id === key || one.name === text);
  if (found === undefined)
    throw new InputFault(
      `--reference "${plain(text)}": is none of the variations of experiment ${id} (${variations.map((one) => one.id).join(', ')})`,
    );
  return found.id;
}
