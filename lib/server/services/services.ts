import 'server-only';
import { createHash } from 'node:crypto';
import { connectionId } from '@/lib/core/experiment/ids';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Config } from '@/lib/server/config/read-config';
import { describeFaults } from '@/lib/server/config/describe-faults';
import { readConfig } from '@/lib/server/config/read-config';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import { createResults } from '@/lib/server/live/create-results';
import type { Log } from '@/lib/server/log/create-log';
import { createLog } from '@/lib/server/log/create-log';
import { openBudgetMemory } from '@/lib/server/services/budget-memory';
import type { ResultsAccess } from '@/lib/server/services/results-access';
import { createResultsAccess } from '@/lib/server/services/results-access';
import { systemClock } from '@/lib/server/services/system-clock';
import { holdStore } from '@/lib/server/store/hold-store';
import { openStore } from '@/lib/server/store/open-store';

/** Everything that lives as long as the process. The only place that builds it. */
export interface Services extends ResultsAccess {
  readonly config: Pick<Config, 'displayTimeZone'>;
  readonly log: Log;
  /** Ends streams and readings, then closes the store. */
  stop(): Promise<void>;
}

/**
 * Route handlers, pages and the process are separate module graphs in one process: only `globalThis` is shared.
 * The promise is kept, not its value, so that two first requests open one store.
 */
const KEY = Symbol.for('verdict.services');
type Cupboard = typeof globalThis & { [KEY]?: Promise<Services> };

/** Opens the services once. Throws ProblemError when the store cannot be opened. */
export function openServices(config: Config): Promise<Services> {
  const cupboard = globalThis as Cupboard;
  return (cupboard[KEY] ??= create(config));
}

/** The services of this process; under plain `next dev` nobody has opened them yet. */
export function getServices(): Promise<Services> {
  const opened = (globalThis as Cupboard)[KEY];
  if (opened) return opened;
  const read = readConfig(process.env);
  if (!read.ok) throw new ProblemError(toProblem('internal', describeFaults(read.faults)));
  return openServices(read.config);
}

async function create(config: Config): Promise<Services> {
  const log = createLog(config.logLevel);
  const clock = systemClock;
  const hold = await holdStore(config.dataDir, clock);
  const store = await openStore({ dir: config.dataDir, clock });
  const connection = connectionOf(config.kameleoon);
  const memory = await openBudgetMemory({ connectionId: connection, store, clock, log });
  const learnt = await store.facts.find(connection, 'expected-job-ms').catch(() => undefined);
  const stopping = new AbortController();
  const client = createKameleoonClient({
    ...config.kameleoon,
    fetch: globalThis.fetch,
    clock,
    expectedJobMs: learnt?.value,
    memory,
    signal: stopping.signal,
  });
  const results = createResults({
    connectionId: connection,
    client,
    store,
    clock,
    log,
  });
  await results.start();
  const access = createResultsAccess({ results, client, clock });
  return {
    ...access,
    config: { displayTimeZone: config.displayTimeZone },
    log,
    async stop() {
      access.endStreams();
      stopping.abort();
      await results.stop();
      await memory.close();
      await store.close();
      hold.release();
    },
  };
}

/** One credential at one address is one connection; the id says nothing about either. */
const connectionOf = ({ baseUrl, clientId }: Config['kameleoon']) =>
  connectionId(createHash('sha256').update(`${baseUrl}\n${clientId}`).digest('hex').slice(0, 16));
