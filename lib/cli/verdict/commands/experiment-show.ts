import { toId } from '@/lib/cli/verdict/find';
import { plain } from '@/lib/cli/verdict/plain';
import type { Run, Session } from '@/lib/cli/verdict/session';
import { toTable } from '@/lib/cli/verdict/width';
import { isProblemError } from '@/lib/core/problem/problem';
import { formatsFor } from '@/lib/core/words/formats';

const { limit } = formatsFor('en', 'UTC');

/** An experiment with its variations and goals by name. */
export const showExperiment =
  (given: string): Run =>
  async (session) => {
    const { api, words } = session;
    const id = toId(given, 'experiment');
    const found = await api.experiments.read(id, { optionalFields: ['goals', 'tags'] });
    const variations = await Promise.all(
      found.variationIds.map(async (one) => ({
        id: one,
        name: await nameOf(session, 'variations', one),
      })),
    );
    const goals = await Promise.all(
      (found.goalIds ?? []).map(async (one) => ({
        id: one,
        name: await nameOf(session, 'goals', one),
      })),
    );
    const share = (key: string): string => {
      const weight = found.deviations[key];
      return weight === undefined ? '–' : limit(weight);
    };
    const lines = [
      words('show.title', { id, name: plain(found.name ?? '') }),
      words('show.facts', {
        status: plain(found.status ?? '–'),
        type: plain(found.type ?? '–'),
        site: plain(found.siteCode ?? found.siteId ?? '–'),
      }),
      words('show.address', { url: plain(found.baseUrl ?? '–') }),
      words('show.dates', {
        start: plain(found.dateStarted ?? '–'),
        end: plain(found.dateEnded ?? '–'),
      }),
      toTable(
        [
          { title: 'Variation', isNumber: true },
          { title: 'Share', isNumber: true },
          { title: 'Name' },
        ],
        [
          ['origin', share('origin'), words('show.original')],
          ...variations.map((one) => [one.id, share(one.id), plain(one.name ?? '–')]),
        ],
      ),
      ...goals.map((goal) =>
        words(goal.id === found.mainGoalId ? 'show.mainGoal' : 'show.goal', {
          id: goal.id,
          name: plain(goal.name ?? '–'),
        }),
      ),
    ];
    const { name, siteId, siteCode, type, status, baseUrl, deviations, mainGoalId } = found;
    const { dateStarted, dateEnded } = found;
    return {
      text: lines.join('\n'),
      json: {
        ...{ id, name, siteId, siteCode, type, status, baseUrl, deviations },
        ...{ variations, goals, mainGoalId, dateStarted, dateEnded },
        segmentId: segmentOf(found.rest),
      },
    };
  };

/** What was deleted since has no name any more. */
async function nameOf(
  { api }: Session,
  kind: 'variations' | 'goals',
  id: string,
): Promise<string | null> {
  try {
    return (await api[kind].read(id)).name;
  } catch (error) {
    const code = isProblemError(error) ? error.problem.code : null;
    if (code === 'upstream-not-found' || code === 'upstream-forbidden') return null;
    throw error;
  }
}

export const segmentOf = (rest: Readonly<Record<string, unknown>>): string | null => {
  const id = rest['targetingSegmentId'];
  return typeof id === 'number' || typeof id === 'string' ? String(id) : null;
};
