import 'server-only';

import { z } from 'zod';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Action, CallSettings, ExperimentsApi } from '@/lib/server/kameleoon/api';
import type { ExperimentObject, ResultsQuestion } from '@/lib/server/kameleoon/objects';
import { experimentSchema } from '@/lib/server/kameleoon/resources/experiment-schema';
import type { ReadResults } from '@/lib/server/kameleoon/resources/results';
import { toResultsBody } from '@/lib/server/kameleoon/resources/results';
import type { ResourceContext } from '@/lib/server/kameleoon/resources/verbs';
import { CREATE_TIMES, createVerbs, toCall } from '@/lib/server/kameleoon/resources/verbs';
import { checkId } from '@/lib/server/kameleoon/resources/wire-id';

/** Where an action leads; null: it leads to no status of its own. */
const LEADS_TO: Readonly<Record<Action, string | null>> = {
  ACTIVATE: 'active',
  PAUSE: 'paused',
  RESUME: 'active',
  STOP: 'stopped',
  SCHEDULE: null,
  DEACTIVATE: 'deactivated',
};

/** Experiments have no `replace`: sent back whole, one that was read without its goals would lose them. */
export function createExperiments(
  context: ResourceContext & { readonly readResults: ReadResults },
): ExperimentsApi {
  const { call, readResults } = context;
  const verbs = createVerbs(context, { path: '/experiments', schema: experimentSchema });
  const { pathOf, list, read, create, change, remove } = verbs;

  const act = async (
    id: string,
    action: Action,
    settings: CallSettings = {},
  ): Promise<ExperimentObject> => {
    try {
      const { value } = await call({
        method: 'PATCH',
        path: pathOf(id),
        query: { action },
        json: {},
        expects: 'any',
        schema: z.union([z.null(), experimentSchema([])]),
        // Repeated, a move that was made would be refused.
        once: `${action} may have been done: read the experiment's status before trying again`,
        ...toCall(settings),
      });
      return value ?? (await read(id, settings));
    } catch (error) {
      if (!isProblemError(error) || error.problem.code !== 'write-uncertain') throw error;
      // One more question settles it; if that fails, too, the first failure is what to tell.
      const found = await read(id, settings).catch(() => null);
      if (found === null || found.status === null || found.status !== LEADS_TO[action]) throw error;
      return found;
    }
  };

  const simulate = async (id: string, settings: CallSettings = {}): Promise<string> => {
    const path = `/experiments/simulate/${checkId(id)}`;
    const { value } = await call({
      method: 'GET',
      path,
      expects: 'text',
      schema: z.string(),
      ...toCall(settings),
    });
    if (/^https?:\/\/\S+$/i.test(value)) return value;
    throw new ProblemError(
      toProblem('upstream-unreadable', `GET ${path}: the answer is no address`),
    );
  };

  const shareResults = async (
    id: string,
    question: ResultsQuestion,
    settings: CallSettings = {},
  ): Promise<string> => {
    const { value } = await call({
      method: 'POST',
      path: `${pathOf(id)}/results/share`,
      json: toResultsBody(question),
      schema: z.object({ sharedToken: z.string().min(1) }),
      once: 'a token may have been given out: ask for another',
      ...CREATE_TIMES,
      ...toCall(settings),
    });
    return value.sharedToken;
  };

  return {
    list,
    read,
    create,
    change,
    remove,
    act,
    simulate,
    results: (id, question, settings) => readResults(`${pathOf(id)}/results`, question, settings),
    shareResults,
  };
}
