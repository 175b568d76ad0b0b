import { Hono } from 'hono';
import type { Clock } from '@/lib/sandbox/clock';
import type { World } from '@/lib/sandbox/world/world';
import { ApiError, toErrorBody, toInvalid } from './api-error';
import { answerList } from './list';
import { answerTokenRequest, type Credentials } from './oauth';
import { createRateLimiter } from './rate-limiter';
import { createRequestLog, type RequestReport } from './request-log';
import { toResultsBody, type Quirks } from './results-body';
import { createResultsJobs } from './results-jobs';
import { parseResultsRequest } from './results-request';
import { parseJson, type Row } from './row';
import { createRows, toFields } from './rows';
import { createTokens } from './tokens';

export interface SandboxOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** Shapes the waiting times of jobs. */
  readonly seed?: number;
  readonly quirks?: Quirks;
}

export interface Sandbox {
  /** Answers one request; nothing but the clock comes from outside. */
  fetch(request: Request): Promise<Response>;
  /** What `GET /__sandbox/requests` answers. */
  requests(): RequestReport;
}

/** The Automation API over a world, as a plain function from request to response. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { world, clock, credentials, seed = 1, quirks = {} } = options;
  const log = createRequestLog();
  const limiter = createRateLimiter();
  const tokens = createTokens();
  const rows = createRows(world);
  const jobs = createResultsJobs(seed, clock());

  function authorise(request: Request): void {
    const match = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '');
    const credential = match === null ? undefined : tokens.findCredential(match[1]!, clock());
    if (credential === undefined) {
      throw new ApiError(401, 'Full authentication is required to access this resource.');
    }
    if (!limiter.admit(credential, clock())) throw new ApiError(429, 'Too many requests.');
  }

  const api = new Hono();
  api.post('/oauth/token', (c) =>
    answerTokenRequest(c.req.raw, { credentials, tokens, limiter }, clock()),
  );
  // Every path below this line needs a token and counts against the windows.
  api.use('*', async (c, next) => {
    authorise(c.req.raw);
    await next();
  });
  const lists: Readonly<Record<string, (url: URL) => readonly Row[]>> = {
    sites: () => rows.sites,
    experiments: (url) => rows.experiments(asksForGoals(url)),
    variations: () => rows.variations,
    goals: () => rows.goals,
  };
  for (const [name, read] of Object.entries(lists)) {
    api.get(`/${name}`, (c) => {
      const found = read(new URL(c.req.url));
      return answerList(found, toFields(found), c.req.query());
    });
    api.get(`/${name}/:id`, (c) => {
      const id = c.req.param('id');
      return c.json(findRow(read(new URL(c.req.url)), 'id', id));
    });
  }
  api.get('/sites/byCode/:code', (c) => c.json(findRow(rows.sites, 'code', c.req.param('code'))));

  api.post('/experiments/:id/results', async (c) => {
    const id = c.req.param('id');
    const experiment = world.experiments.find((plan) => String(plan.id) === id);
    if (experiment === undefined) throw new ApiError(404, `No experiment with id ${id}.`);
    const contentType = c.req.header('content-type') ?? '';
    if (!contentType.toLowerCase().startsWith('application/json')) {
      throw new ApiError(400, `Content type '${contentType}' not supported.`);
    }
    const body = parseJson(await c.req.text());
    if (body === undefined) throw toInvalid('body: is not JSON');
    const request = parseResultsRequest(body, experiment, world.goals);
    const askedMs = clock();
    const compute = () => {
      const whole = { startMs: experiment.launchMs ?? askedMs, endMs: askedMs };
      const question = { ...request, intervals: request.intervals ?? [whole] };
      const counts = world.report(experiment, question, askedMs);
      return toResultsBody(experiment, request, counts, quirks);
    };
    return c.json({ dataCode: jobs.start(compute, askedMs) });
  });
  api.get('/results', (c) => {
    const dataCode = c.req.query('dataCode') ?? '';
    const envelope = jobs.poll(dataCode, clock());
    if (envelope === undefined) throw new ApiError(404, 'No results for this dataCode.');
    return c.json(envelope);
  });

  const app = new Hono();
  app.get('/__sandbox/requests', (c) => c.json(log.report()));
  app.use('*', async (c, next) => {
    log.arrive(c.req.path, clock());
    await next();
    log.answer(c.res.status);
    c.res.headers.set('Date', new Date(clock()).toUTCString());
  });
  app.route('/v1', api);
  app.route('/', api);
  app.notFound((c) => c.json(toErrorBody(`No endpoint ${c.req.path}.`, clock()), 404));
  app.onError((error, c) => {
    if (error instanceof ApiError) {
      return c.json(toErrorBody(error.message, clock()), error.status);
    }
    return c.json(toErrorBody('Data access error.', clock()), 500);
  });
  return { fetch: async (request) => app.fetch(request), requests: () => log.report() };
}

/** `optionalFields=goals,tags`, or the parameter repeated. */
function asksForGoals(url: URL): boolean {
  return url.searchParams
    .getAll('optionalFields')
    .flatMap((value) => value.split(','))
    .some((field) => field.trim() === 'goals');
}

function findRow(rows: readonly Row[], field: string, value: string): Row {
  const found = rows.find((row) => String(row[field]) === value);
  if (found === undefined) throw new ApiError(404, `No object with ${field} ${value}.`);
  return found;
}
