import type { Experiment } from '@/lib/core/experiment/experiment';
import { goalId, ORIGINAL, projectId, variationId } from '@/lib/core/experiment/ids';
import { experimentId } from '@/lib/core/experiment/ids';
import type { Snapshot, Unit } from '@/lib/core/experiment/snapshot';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ProblemCode } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { sleep } from '@/lib/core/time/clock';
import type {
  CataloguePart,
  KameleoonClient,
  ListPart,
  Priority,
  ReportRequest,
} from '@/lib/server/kameleoon/client';
import { FIRST_PAGE } from '@/lib/server/kameleoon/client';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const GOAL = goalId(7);
/** Forty days before the fake clock's usual start. */
export const STARTED_MS = Date.UTC(2026, 3, 10, 10, 0, 0);

export const anExperiment = (id: number, more: Partial<Experiment> = {}): Experiment => ({
  id: experimentId(id),
  name: `Experiment ${id}`,
  project: { id: projectId(1), name: 'Shop' },
  status: 'active',
  allocation: 'manual',
  isMultivariate: false,
  variations: [
    { id: ORIGINAL, name: 'Original', isOriginal: true, weight: 0.5 },
    { id: variationId(id * 10 + 1), name: 'Blue', isOriginal: false, weight: 0.5 },
  ],
  goals: [{ id: GOAL, name: 'Order', kind: 'CLICK', hasMultipleConversions: false }],
  mainGoalId: GOAL,
  tags: [],
  startedAtMs: STARTED_MS,
  endedAtMs: null,
  statusChangedAtMs: null,
  splitChangedAtMs: null,
  ...more,
});

export interface Traffic {
  /** Visitors an hour and arm. */
  readonly visitorsPerHour: number;
  readonly rates: readonly number[];
  /** Converted visits over converted visitors, minus one. */
  readonly repeats: number;
  /** Converted visits are counted although people were asked for. */
  readonly countsVisits?: boolean;
}

export const TRAFFIC: Traffic = { visitorsPerHour: 50, rates: [0.05, 0.065], repeats: 0.1 };

export function countsAt(
  experiment: Experiment,
  asOfMs: number,
  unit: Unit = 'visitors',
  traffic: Traffic = TRAFFIC,
  sinceMs: number | null = null,
): Snapshot {
  const fromMs = sinceMs ?? experiment.startedAtMs ?? STARTED_MS;
  const hours = Math.max(0, asOfMs - fromMs) / HOUR_MS;
  const countsVisits = unit === 'visits' || (unit === 'visitors' && traffic.countsVisits === true);
  return {
    experimentId: experiment.id,
    asOfMs,
    ...(sinceMs !== null && { sinceMs }),
    unit,
    arms: experiment.variations.map(({ id }, place) => {
      const visitors = Math.floor(hours * traffic.visitorsPerHour);
      const people = Math.floor(visitors * (traffic.rates[place] ?? 0));
      const converted = countsVisits ? Math.floor(people * (1 + traffic.repeats)) : people;
      return {
        variationId: id,
        visitors,
        visits: unit === 'first-visits' ? visitors : Math.floor(visitors * 1.3),
        goals: {
          [GOAL]: {
            conversions: converted,
            converted,
            revenue: null,
            platform: { rate: null, lift: null, reliability: null },
          },
        },
      };
    }),
  };
}

export interface Asked extends ReportRequest {
  readonly priority: Priority;
  readonly atMs: number;
  readonly raised: AbortSignal | undefined;
}

export interface FakeClient extends KameleoonClient {
  experiments: Experiment[];
  /** Every report that was asked for, in order. */
  readonly asked: Asked[];
  /** Every part of the list that was asked for, in order. */
  readonly lists: ListPart[];
  isFilterRefused: boolean;
  /** First visits cannot be had. */
  areFirstVisitsRefused: boolean;
  /** While set, reports (and, where it says so, the catalogue) fail with it. */
  failing: ProblemCode | null;
  catalogueFailing: ProblemCode | null;
  traffic: Traffic;
  hourUsed: number | null;
  waitMs: number;
  /** Live reports of one experiment. */
  readings(id: number): Asked[];
  /** Reports of a past moment, asked with unit visitors. */
  pastPoints(id?: number): Asked[];
  requestsInLastHour(): number;
}

export const JOB_MS = 2500;

export function createFakeClient(clock: Clock, experiments: Experiment[]): FakeClient {
  const sent: number[] = [];
  const send = (count: number): void => {
    for (let i = 0; i < count; i += 1) sent.push(clock.monotonicMs());
  };
  const inLast = (ms: number): number =>
    sent.filter((atMs) => atMs > clock.monotonicMs() - ms).length;
  const client: FakeClient = {
    experiments,
    asked: [],
    lists: [],
    isFilterRefused: false,
    areFirstVisitsRefused: false,
    failing: null,
    catalogueFailing: null,
    traffic: TRAFFIC,
    hourUsed: null,
    waitMs: 0,
    readings: (id) =>
      client.asked.filter(
        (asked) => asked.experiment.id === experimentId(id) && asked.endMs === null,
      ),
    pastPoints: (id) =>
      client.asked.filter(
        (asked) =>
          asked.endMs !== null &&
          asked.unit === 'visitors' &&
          (id === undefined || asked.experiment.id === experimentId(id)) &&
          // The proof of the unit asks for the hour just past.
          asked.endMs < asked.atMs - HOUR_MS,
      ),
    requestsInLastHour: () => inLast(HOUR_MS),
    async readCatalogue({ part = { kind: 'page', page: FIRST_PAGE } }) {
      client.lists.push(part);
      send(1);
      const asOfMs = clock.nowMs();
      await sleep(clock, 300);
      if (client.catalogueFailing)
        throw new ProblemError(toProblem(client.catalogueFailing, 'the list cannot be had'));
      if (client.isFilterRefused && part.kind === 'running')
        throw new ProblemError(toProblem('upstream-rejected', 'there is no such filter'));
      return { ...toPart(part, client.experiments), asOfMs, quarantined: 0, unreadable: [] };
    },
    async readNames(ids) {
      send(1);
      await sleep(clock, 200);
      return new Map(ids.map((id) => [id, `Name of ${id}`]));
    },
    async readReport(request, { priority, raised }) {
      const atMs = clock.nowMs();
      client.asked.push({ ...request, priority, atMs, raised });
      send(2);
      await sleep(clock, JOB_MS);
      if (client.failing)
        throw new ProblemError(toProblem(client.failing, 'the report cannot be had'));
      const { experiment, unit, endMs, sinceMs = null } = request;
      if (unit === 'first-visits' && client.areFirstVisitsRefused)
        throw new ProblemError(toProblem('upstream-rejected', 'there is no such breakdown'));
      return {
        snapshot: countsAt(experiment, endMs ?? atMs, unit, client.traffic, sinceMs),
        requests: 2,
      };
    },
    upstreamNowMs: () => clock.nowMs(),
    line: () => ({
      breakers: { token: 'closed', lists: 'closed', results: 'closed' },
      retries: { taken: 0, refused: 0 },
    }),
    budget: () => ({
      tenSeconds: { used: inLast(10_500), limit: 45, windowMs: 10_500 },
      hour: { used: client.hourUsed ?? inLast(3_610_000), limit: 950, windowMs: 3_610_000 },
      total: sent.length,
      refused429: 0,
      waitMs: client.waitMs,
      queued: { auth: 0, interactive: 0, started: 0, background: 0 },
      granted: { auth: 1, interactive: 0, started: 0, background: sent.length },
      inFlight: 0,
      heldMs: 0,
      neighbourPerHour: 0,
    }),
    expectedJobMs: () => JOB_MS,
  };
  return client;
}

/** As the API would answer. */
function toPart(
  part: ListPart,
  all: readonly Experiment[],
): Pick<CataloguePart, 'experiments' | 'gone' | 'next' | 'total'> {
  const none = { gone: [], next: null, total: null };
  if (part.kind === 'running')
    return { ...none, experiments: all.filter(({ status }) => status === 'active') };
  if (part.kind === 'ids') {
    const experiments = all.filter(({ id }) => part.ids.includes(id));
    const gone = part.ids.filter((id) => !experiments.some((one) => one.id === id));
    return { ...none, experiments, gone };
  }
  const { offset, perPage } = part.page;
  const endsAt = offset + perPage;
  return {
    gone: [],
    experiments: all.slice(offset, endsAt),
    next: endsAt < all.length ? { offset: endsAt, perPage } : null,
    total: Math.ceil(all.length / perPage) * perPage,
  };
}
