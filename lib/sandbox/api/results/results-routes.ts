import { Hono, type Context } from 'hono';
import { ApiError, toInvalid } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { requireRight } from '@/lib/sandbox/api/rights';
import { canPoll } from '@/lib/sandbox/api/visible';
import type { FaultBoard } from '@/lib/sandbox/faults/fault-board';
import { toReportedCounts, toReportedQuirks } from '@/lib/sandbox/faults/report-faults';
import type { State } from '@/lib/sandbox/state/state';
import { TOTAL } from '@/lib/sandbox/world/report';
import { reportToldTimes } from '@/lib/sandbox/world/told-report';
import type { World } from '@/lib/sandbox/world/world';
import { findExperiment, findExperimentOfFlag } from './find-subject';
import { createMeasure, type Measured } from './measured';
import type { Quirks } from './quirks';
import { readResultsRequest, type ResultsRequest } from './read-request';
import { toResultsBody } from './results-body';
import type { ResultsJobs } from './results-jobs';

interface ResultsWorld {
  readonly state: State;
  readonly world: World;
  readonly jobs: ResultsJobs;
  readonly quirks: Quirks;
  readonly board: FaultBoard;
}

/** Results: a POST begins a job, a GET polls it. Jobs exist for those who began them. */
export function createResultsRoutes(options: ResultsWorld): Hono<ExchangeEnv> {
  const { state, jobs, board } = options;
  const measure = createMeasure(state, options.world);
  const routes = new Hono<ExchangeEnv>();

  /** Begins a job; `isShared`: a shared token of the experiment may poll it too. */
  async function begin(c: Context<ExchangeEnv>, measured: Measured, isShared: boolean) {
    const { about, nowMs, principal } = c.env;
    const request = readResultsRequest(await readBody(c), measured);
    const quirks = toReportedQuirks(options.quirks, about, board);
    if (request.breakdown?.type === 'NEW_VISITOR' && quirks.newVisitors === 'refused')
      throw toInvalid("'breakdown.type': unknown type 'NEW_VISITOR'");
    const fall = board.strike('falling-counts', about);
    const stuck = board.strike('never-ready', about)?.settings.ends;
    const { offsetMs } = c.env;
    const compute = () => {
      const counts = count(measured, request, quirks, nowMs, offsetMs);
      return toResultsBody(measured.arms, request, toReportedCounts(counts, fall), quirks);
    };
    const order = {
      compute,
      owner: principal?.credential ?? '',
      experimentId: isShared ? measured.id : undefined,
      fate: stuck === undefined ? 'ready' : stuck === 'error' ? 'error' : 'never',
    } as const;
    return c.json({ dataCode: jobs.start(order, nowMs) });
  }

  routes.post('/experiments/:id/results', async (c) => {
    const principal = requireRight(c, 'read');
    return begin(c, measure(findExperiment(state, principal, c.req.param('id'))), true);
  });

  routes.post('/feature-flags/:id/results', async (c) => {
    const principal = requireRight(c, 'read');
    return begin(c, measure(findExperimentOfFlag(state, principal, c.req.param('id'))), false);
  });

  routes.get('/results', (c) => {
    const { about, nowMs, principal } = c.env;
    const dataCode = c.req.query('dataCode') ?? '';
    if (board.strike('vanish', about)) jobs.drop(dataCode);
    const owner = jobs.ownerOf(dataCode);
    const isOwn = owner !== undefined && canPoll(principal, owner);
    const envelope = isOwn ? jobs.poll(dataCode, nowMs) : undefined;
    if (envelope === undefined) throw new ApiError(404, 'No results for this dataCode.');
    return c.json(envelope);
  });
  return routes;
}

function count(
  { course }: Measured,
  request: ResultsRequest,
  quirks: Quirks,
  nowMs: number,
  offsetMs: number,
) {
  const counts = reportToldTimes(course, request, nowMs, offsetMs);
  if (request.breakdown?.type === 'NEW_VISITOR' && quirks.newVisitors === 'people') {
    // Since the launch, everybody is new: the world knows nobody who had come before.
    const { breakdown: _, ...whole } = request;
    const all = reportToldTimes(course, whole, nowMs, offsetMs).get(TOTAL);
    if (all !== undefined) counts.set('NEW', all);
  }
  return counts;
}
