import { Hono } from 'hono';
import type { FaultBoard } from '@/lib/sandbox/faults/fault-board';
import { toReportedCounts, toReportedQuirks } from '@/lib/sandbox/faults/report-faults';
import { TOTAL } from '@/lib/sandbox/world/report';
import { reportToldTimes } from '@/lib/sandbox/world/told-report';
import type { World } from '@/lib/sandbox/world/world';
import { ApiError, toInvalid } from './api-error';
import type { ExchangeEnv } from './exchange';
import { toResultsBody, type Quirks } from './results-body';
import type { ResultsJobs } from './results-jobs';
import { parseResultsRequest } from './results-request';
import { parseJson } from '@/lib/sandbox/state/row';

interface ResultsWorld {
  readonly world: World;
  readonly jobs: ResultsJobs;
  readonly quirks: Quirks;
  readonly board: FaultBoard;
}

/** Results: a POST begins a job, a GET polls it. */
export function createResultsRoutes(options: ResultsWorld): Hono<ExchangeEnv> {
  const { world, jobs, board } = options;
  const plans = new Map(world.experiments.map((plan) => [String(plan.id), plan]));
  const routes = new Hono<ExchangeEnv>();

  routes.post('/experiments/:id/results', async (c) => {
    const { about, nowMs, offsetMs } = c.env;
    const id = c.req.param('id');
    const experiment = plans.get(id);
    if (experiment === undefined) throw new ApiError(404, `No experiment with id ${id}.`);
    const contentType = c.req.header('content-type') ?? '';
    if (!contentType.toLowerCase().startsWith('application/json')) {
      throw new ApiError(400, `Content type '${contentType}' not supported.`);
    }
    const body = parseJson(await c.req.text());
    if (body === undefined) throw toInvalid('body: is not JSON');
    const request = parseResultsRequest(body, experiment, world.goals);
    const quirks = toReportedQuirks(options.quirks, about, board);
    const isByNewVisitors = request.breakdown?.type === 'NEW_VISITOR';
    if (isByNewVisitors && quirks.newVisitors === 'refused')
      throw toInvalid("'breakdown.type': unknown type 'NEW_VISITOR'");
    const fall = board.strike('falling-counts', about);
    const compute = () => {
      const counts = reportToldTimes(world, experiment, request, nowMs, offsetMs);
      if (isByNewVisitors && quirks.newVisitors === 'people') {
        // Since the launch, everybody is new: the world knows nobody who had come before.
        const { breakdown: _, ...whole } = request;
        const all = reportToldTimes(world, experiment, whole, nowMs, offsetMs).get(TOTAL);
        if (all !== undefined) counts.set('NEW', all);
      }
      return toResultsBody(experiment, request, toReportedCounts(counts, fall), quirks);
    };
    const isStuck = board.strike('never-ready', about) !== undefined;
    return c.json({ dataCode: jobs.start(compute, nowMs, experiment.id, isStuck) });
  });

  routes.get('/results', (c) => {
    const { about, nowMs } = c.env;
    const dataCode = c.req.query('dataCode') ?? '';
    if (board.strike('vanish', about)) jobs.drop(dataCode);
    const envelope = jobs.poll(dataCode, nowMs);
    if (envelope === undefined) throw new ApiError(404, 'No results for this dataCode.');
    return c.json(envelope);
  });
  return routes;
}
