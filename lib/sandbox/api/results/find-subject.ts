import { ApiError, toInvalid } from '@/lib/sandbox/api/api-error';
import { canReadResultsOf } from '@/lib/sandbox/api/visible';
import type { Principal } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';
import { findFlagExperiment } from '@/lib/sandbox/state/seed-flags';
import type { State } from '@/lib/sandbox/state/state';

/** The experiment of a path, if its results exist for this principal; 404 otherwise. */
export function findExperiment(state: State, principal: Principal, id: string): Row {
  checkId(id);
  const row = state.of('experiments').find(id);
  if (row === undefined || !canReadResultsOf(principal, 'experiments', row))
    throw new ApiError(404, `No experiment with id ${id}.`);
  return row;
}

/** The experiment a feature flag runs, by the flag's id or by that of the experiment in one of its rules. */
export function findExperimentOfFlag(state: State, principal: Principal, id: string): Row {
  checkId(id);
  const flags = state.of('feature-flags');
  const own = flags.find(id);
  const isSeen = (row: Row): boolean => canReadResultsOf(principal, 'feature-flags', row);
  const flag =
    own ?? flags.rows.find((row) => isSeen(row) && findFlagExperiment(row) === Number(id));
  if (flag === undefined || !isSeen(flag))
    throw new ApiError(404, `No feature flag with id ${id}.`);
  const experimentId = findFlagExperiment(flag);
  const row = experimentId === undefined ? undefined : state.of('experiments').find(experimentId);
  // A rule may name any experiment, one of a site that its writer cannot see among them.
  if (row === undefined || row['siteId'] !== flag['siteId'])
    throw new ApiError(404, `No experiment runs on the feature flag ${id}.`);
  return row;
}

function checkId(id: string): void {
  if (!/^-?\d+$/.test(id)) throw toInvalid("'id': must be a whole number");
}
