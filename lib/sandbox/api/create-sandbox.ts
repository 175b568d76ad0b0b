import type { Clock } from '@/lib/sandbox/clock';
import type { FaultSpec } from '@/lib/sandbox/faults/fault';
import { createFaultBoard, type FaultReport } from '@/lib/sandbox/faults/fault-board';
import { toBurden } from '@/lib/sandbox/faults/neighbour';
import { createAnswer } from '@/lib/sandbox/faults/create-answer';
import { toSeedRows } from '@/lib/sandbox/state/seed-rows';
import { createState, type SavedState } from '@/lib/sandbox/state/state';
import { wallTimer, type SetTimer } from '@/lib/sandbox/timer';
import type { World } from '@/lib/sandbox/world/world';
import { createAccountRoutes } from './accounts/account-routes';
import { createControlRoutes } from './control-routes';
import { createApi } from './create-api';
import { createExperimentRoutes } from './experiments/experiment-routes';
import { createGate } from './gate';
import { createCustomDataRoutes } from './custom-datas/custom-data-routes';
import { createFlagRoutes } from './feature-flags/flag-routes';
import { createGoalRoutes } from './goals/goal-routes';
import { createGraphqlRoutes } from './graphql/graphql-routes';
import { createListRoutes } from './query/list-routes';
import { createSegmentRoutes } from './segments/segment-routes';
import { createAccessTokens } from './oauth/access-tokens';
import { createClients, type Credentials } from './oauth/clients';
import { createGrants, type Grant } from './oauth/grants';
import { createOauthRoutes, type OauthBehaviour } from './oauth/oauth-routes';
import type { RateHeaders } from './rate-headers';
import { createRateLimiter } from './rate-limiter';
import { createRequestLog, type RequestReport } from './request-log';
import type { Quirks } from './results/quirks';
import { createResultsJobs } from './results/results-jobs';
import { createResultsRoutes } from './results/results-routes';
import { createShareRoutes } from './results/share-routes';
import { createSiteRoutes } from './sites/site-routes';
import { createPersonalizationRoutes } from './targeting/personalization-routes';
import { createTargetingRuleRoutes } from './targeting/targeting-rule-routes';
import { createVariationRoutes } from './variations/variation-routes';
import { toPhases, type WindowMode } from './windows';

/** What a sandbox may be like; nothing said, it is a faithful stand-in without any fault. */
export interface Behaviour extends OauthBehaviour {
  readonly quirks?: Quirks;
  /** Set from the beginning on. */
  readonly faults?: readonly FaultSpec[];
  /** What the rate windows are. Default sliding; fixed ones take their phase from the seed. */
  readonly windows?: WindowMode;
  /** Headers that tell what remains of the windows. Default none. */
  readonly rateHeaders?: RateHeaders;
}

export interface SandboxOptions extends Behaviour {
  readonly world: World;
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** What its people had changed before. */
  readonly saved?: SavedState;
  /** The consents that were given before. */
  readonly savedGrants?: readonly Grant[];
  /** Shapes the waiting times of jobs, the phase of fixed windows and the chances of faults. */
  readonly seed?: number;
  /** Late answers and dripping bodies wait by it. Default: the machine's timers. */
  readonly setTimer?: SetTimer;
}

/** Ways to look into a sandbox and to disturb it. */
export interface SandboxControl {
  /** What `GET /__sandbox/requests` answers. */
  requests(): RequestReport;
  /** What `GET /__sandbox/faults` answers. */
  faults(): FaultReport;
  /** Replaces all faults; `[]` takes them off. Throws FaultRefused, which names the field. */
  setFaults(specs: readonly FaultSpec[], options?: { readonly seed?: number }): void;
  /** Adds to the faults that are set. */
  addFaults(specs: readonly FaultSpec[]): void;
  /** What the API answers, such as `GET /experiments/:id`, without the version's prefix. */
  routes(): readonly string[];
}

/** What outlives a sandbox: given to the next one as `saved` and `savedGrants`. */
export interface Keepable {
  save(): { readonly state: SavedState; readonly grants: readonly Grant[] };
  /** Called after every change of it. */
  onChange(listener: () => void): void;
}

export interface Sandbox extends SandboxControl {
  readonly keepable: Keepable;
  /**
   * Answers one request as `fetch` would: rejects with ConnectionLost when a fault breaks the
   * connection, with the signal's reason when the request is aborted.
   */
  fetch(request: Request): Promise<Response>;
}

/** The Automation API over a world, as a plain function from request to response. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { world, seed = 1, quirks = {}, setTimer = wallTimer } = options;
  const { windows = 'sliding', rateHeaders = 'none' } = options;
  const state = createState((kind) => toSeedRows(world, kind), options.saved);
  const clock: Clock = () => options.clock() + state.aheadMs;
  const board = createFaultBoard(clock, seed);
  if (options.faults !== undefined) board.set(options.faults);
  const phases = toPhases(seed);
  const log = createRequestLog(phases);
  const limiter = createRateLimiter({
    mode: () => (board.inForce('fixed-windows').length > 0 ? 'fixed' : windows),
    phases,
    burden: (window, startMs, nowMs) =>
      toBurden(board.inForce('neighbour'), window, startMs, nowMs),
    onRefused: log.refuse,
  });
  const tokens = createAccessTokens(options);
  const changes = new Set<() => void>();
  const tellChange = (): void => changes.forEach((listener) => listener());
  state.onChange(tellChange);
  const saved = options.savedGrants ?? [];
  const grants = createGrants({ ...options, saved, onChange: tellChange });
  const clients = createClients(options);
  const sites = () => state.of('sites').rows;
  const oauth = createOauthRoutes({ ...options, clients, tokens, grants, limiter, sites });
  const jobs = createResultsJobs(seed, clock());
  const api = createApi({ tokens, limiter, board }, oauth, [
    createGate(state, board),
    createAccountRoutes(state),
    createListRoutes(state),
    createGoalRoutes(state),
    createSegmentRoutes(state),
    createFlagRoutes(state),
    createCustomDataRoutes(state),
    createExperimentRoutes(state),
    createVariationRoutes(state),
    createGraphqlRoutes(state),
    createSiteRoutes(state),
    createTargetingRuleRoutes(state),
    createPersonalizationRoutes(state),
    createResultsRoutes({ state, world, jobs, quirks, board }),
    createShareRoutes(state, tokens),
  ]);
  const answer = createAnswer({ api, board, log, limiter, jobs, clock, setTimer, rateHeaders });
  const control = createControlRoutes(log, board, { now: clock, advance: state.advance });

  return {
    fetch: async (request) => {
      const isControl = new URL(request.url).pathname.startsWith('/__sandbox/');
      return isControl ? control.fetch(request) : answer(request);
    },
    requests: log.report,
    faults: board.report,
    setFaults: (specs, { seed: ownSeed } = {}) => board.set(specs, ownSeed),
    addFaults: board.add,
    routes: () => toRouteNames(api),
    keepable: {
      save: () => ({ state: state.save(), grants: grants.save() }),
      onChange: (listener) => void changes.add(listener),
    },
  };
}

/** Middleware and the versioned copies are no routes of their own. */
function toRouteNames({ routes }: ReturnType<typeof createApi>): readonly string[] {
  const named = routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/v1/'));
  return [...new Set(named.map(({ method, path }) => `${method} ${path}`))];
}
