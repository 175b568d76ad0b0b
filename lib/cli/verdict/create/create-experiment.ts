import type { CreateOptions, Wanted } from '@/lib/cli/verdict/create/wanted';
import { toWanted } from '@/lib/cli/verdict/create/wanted';
import type { Ledger } from '@/lib/cli/verdict/create/ledger';
import { configure } from '@/lib/cli/verdict/create/configure';
import { settleVariations } from '@/lib/cli/verdict/create/settle-variations';
import { toResumeCommand } from '@/lib/cli/verdict/create/resume-command';
import { InputFault, PartlyDone } from '@/lib/cli/verdict/fault';
import { toId } from '@/lib/cli/verdict/find';
import { plain } from '@/lib/cli/verdict/plain';
import type { Run, Session } from '@/lib/cli/verdict/session';
import { isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ExperimentObject } from '@/lib/server/kameleoon/objects';

/**
 * The tutorial's whole flow: create, name and fill the variation the server made, add the others, goals, segment,
 * split, read all of it back, launch. Each step looks at what is there, so that `--resume` goes on where it stopped.
 */
export const createExperiment =
  (options: CreateOptions): Run =>
  async (session) => {
    const wanted = await toWanted(session, options);
    const ledger: Ledger = {
      done: [],
      loose: new Set(options.adopt.map((id) => toId(id, '--adopt'))),
    };
    const begun = await begin(session, options, wanted, ledger);
    try {
      const variationIds = await settleVariations(session, begun, wanted, ledger);
      const configured = await configure(session, begun.id, wanted, variationIds, ledger);
      const experiment = wanted.isLaunched ? await launch(session, configured, ledger) : configured;
      return toAnswer(session, experiment, wanted, variationIds, ledger);
    } catch (error) {
      const isWritten = ledger.done.some(({ what }) => what !== 'found');
      if (error instanceof InputFault && !isWritten) throw error;
      const problem = isProblemError(error)
        ? error.problem
        : toProblem('internal', error instanceof Error ? error.message : String(error));
      throw new PartlyDone(
        problem,
        ledger.done,
        toResumeCommand(begun.id, options, [...ledger.loose]),
      );
    }
  };

/** The experiment to work on: a new one, or the one that was begun. */
async function begin(
  { api, words, progress }: Session,
  options: CreateOptions,
  wanted: Wanted,
  { done }: Ledger,
): Promise<ExperimentObject> {
  const { siteId, name, url, type } = wanted;
  if (options.resume === undefined) {
    progress.show(words('create.experiment'));
    const made = await api.experiments.create({ name, siteId, baseURL: url, type });
    done.push({ kind: 'experiment', id: made.id, name, what: 'created' });
    return made;
  }
  const id = toId(options.resume, '--resume');
  const found = await api.experiments.read(id, { optionalFields: ['goals'] });
  if (found.siteId !== null && found.siteId !== siteId)
    throw new InputFault(`--resume ${id}: belongs to project ${found.siteId}, not to ${siteId}`);
  if (found.name !== name)
    throw new InputFault(
      `--resume ${id}: is called "${plain(found.name ?? '')}", not "${plain(name)}"`,
    );
  if (found.status !== 'draft' && !(found.status === 'active' && wanted.isLaunched))
    throw new InputFault(
      `--resume ${id}: is ${plain(found.status ?? 'of unknown status')}, not a draft`,
    );
  done.push({ kind: 'experiment', id, name, what: 'found' });
  return found;
}

async function launch(
  { api, words, progress }: Session,
  experiment: ExperimentObject,
  { done }: Ledger,
): Promise<ExperimentObject> {
  if (experiment.status === 'active') return experiment;
  progress.show(words('create.launch'));
  const launched = await api.experiments.act(experiment.id, 'ACTIVATE');
  done.push({ kind: 'experiment', id: launched.id, name: launched.name ?? '', what: 'launched' });
  return launched;
}

function toAnswer(
  { words, requests }: Session,
  experiment: ExperimentObject,
  wanted: Wanted,
  variationIds: readonly string[],
  { done }: Ledger,
) {
  const { id, status, deviations } = experiment;
  const variations = variationIds.map((one, at) => ({
    id: one,
    name: wanted.variations[at]?.name ?? null,
  }));
  return {
    text: [
      words('create.done', { id, name: plain(wanted.name), status: plain(status ?? '–') }),
      ...variations.map((one) =>
        words('create.variation', { id: one.id, name: plain(one.name ?? '–') }),
      ),
      words(status === 'active' ? 'create.nextResults' : 'create.nextLaunch', { id }),
    ].join('\n'),
    json: {
      ...{ id, name: wanted.name, siteId: wanted.siteId, status, variations, deviations },
      ...{ goalIds: wanted.goalIds, mainGoalId: wanted.mainGoalId, segmentId: wanted.segmentId },
      ...{ done, requests: requests() },
    },
  };
}
