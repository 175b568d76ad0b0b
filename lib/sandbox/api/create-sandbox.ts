import type { Clock } from '@/lib/sandbox/clock';
import type { FaultSpec } from '@/lib/sandbox/faults/fault';
import { createFaultBoard, type FaultReport } from '@/lib/sandbox/faults/fault-board';
import { toBurden } from '@/lib/sandbox/faults/neighbour';
import { createAnswer } from '@/lib/sandbox/faults/create-answer';
import { toSeedRows } from '@/lib/sandbox/state/seed-rows';
import { createState, type SavedState } from '@/lib/sandbox/state/state';
import { wallTimer, type SetTimer } from '@/lib/sandbox/timer';
import type { World } from '@/lib/sandbox/world/world';
import { createControlRoutes } from './control-routes';
import { createApi } from './create-api';
import { createListRoutes } from './list-routes';
import type { Credentials } from './oauth';
import type { RateHeaders } from './rate-headers';
import { createRateLimiter } from './rate-limiter';
import { createRequestLog, type RequestReport } from './request-log';
import type { Quirks } from './results-body';
import { createResultsJobs } from './results-jobs';
import { createResultsRoutes } from './results-routes';
import { createTokens } from './tokens';
import { toPhases, type WindowMode } from './windows';

/** What a sandbox may be like; nothing said, it is a faithful stand-in without any fault. */
export interface Behaviour {
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
}

export interface Sandbox extends SandboxControl {
  /**
   * Answers one request as `fetch` would: rejects with ConnectionLost when a fault breaks the
   * connection, with the signal's reason when the request is aborted.
   */
  fetch(request: Request): Promise<Response>;
}

/** The Automation API over a world, as a plain function from request to response. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { world, clock, credentials, seed = 1, quirks = {}, setTimer = wallTimer } = options;
  const { windows = 'sliding', rateHeaders = 'none' } = options;
  const state = createState((kind) => toSeedRows(world, kind), options.saved);
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
  const jobs = createResultsJobs(seed, clock());
  const api = createApi({ tokens: createTokens(), limiter, board }, credentials, [
    createListRoutes(state),
    createResultsRoutes({ world, jobs, quirks, board }),
  ]);
  const answer = createAnswer({ api, board, log, limiter, jobs, clock, setTimer, rateHeaders });
  const control = createControlRoutes(log, board);

  return {
    fetch: async (request) => {
      const isControl = new URL(request.url).pathname.startsWith('/__sandbox/');
      return isControl ? control.fetch(request) : answer(request);
    },
    requests: log.report,
    faults: board.report,
    setFaults: (specs, { seed: ownSeed } = {}) => board.set(specs, ownSeed),
    addFaults: board.add,
  };
}
