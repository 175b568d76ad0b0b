import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { connectionId } from '@/lib/core/experiment/ids';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Config } from '@/lib/server/config/read-config';
import { describeFaults } from '@/lib/server/config/describe-faults';
import { readConfig } from '@/lib/server/config/read-config';
import { createExplorer } from '@/lib/server/experiments/explorer';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import { createResults } from '@/lib/server/live/create-results';
import type { Log } from '@/lib/server/log/create-log';
import { createLog } from '@/lib/server/log/create-log';
import type { Metrics } from '@/lib/server/metrics/create-metrics';
import { createMetrics } from '@/lib/server/metrics/create-metrics';
import { watchLoop } from '@/lib/server/metrics/loop-delay';
import { tellReading } from '@/lib/server/metrics/tell-reading';
import { tellUpstream } from '@/lib/server/metrics/tell-upstream';
import type { Exchange } from '@/lib/server/metrics/watch-fetch';
import { watchFetch } from '@/lib/server/metrics/watch-fetch';
import type { Exploring } from '@/lib/server/services/exploring';
import { createExploring } from '@/lib/server/services/exploring';
import type { NotesAccess } from '@/lib/server/services/notes-access';
import { createNotesAccess } from '@/lib/server/services/notes-access';
import { openBudgetMemory } from '@/lib/server/services/budget-memory';
import type { ResultsAccess } from '@/lib/server/services/results-access';
import { createResultsAccess } from '@/lib/server/services/results-access';
import { createOutbound } from '@/lib/server/services/outbound-fetch';
import { systemClock } from '@/lib/server/services/system-clock';
import { openLastingStore } from '@/lib/server/store/lasting-store';
import packageFile from '@/package.json';

/** Everything that lives as long as the process. The only place that builds it. */
export interface Services extends ResultsAccess, Exploring, NotesAccess {
  readonly config: Pick<Config, 'displayTimeZone' | 'metricsToken'>;
  readonly log: Log;
  readonly metrics: Metrics;
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
  const log = createLog(config.logLevel, secretsOf(config));
  const clock = systemClock;
  const store = await openLastingStore({ dir: config.dataDir, clock, log });
  const connection = connectionOf(config.kameleoon);
  const memory = await openBudgetMemory({ connectionId: connection, store, clock, log });
  const learnt = await store.facts.find(connection, 'expected-job-ms').catch(() => undefined);
  const stopping = new AbortController();
  const outbound = createOutbound(config.outbound);
  const loop = watchLoop(clock);
  const { version } = packageFile;
  const metrics = createMetrics({ version, loop });
  let onExchange: (exchange: Exchange) => void = () => undefined;
  const client = createKameleoonClient({
    ...config.kameleoon,
    fetch: watchFetch(outbound.fetch, {
      baseUrl: config.kameleoon.baseUrl,
      clock,
      onExchange: (exchange) => onExchange(exchange),
    }),
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
    plans: config.plans,
  });
  onExchange = tellUpstream(metrics.figurehead, client);
  tellReading(metrics.figurehead, { results, store }, () => clock.monotonicMs());
  await results.start();
  const access = createResultsAccess({
    results,
    client,
    clock,
    ownFacts: () => ({ version, storeBytes: store.sizeBytes(), eventLoopDelay: loop.last() }),
  });
  const explorer = createExplorer({
    connectionId: connection,
    readSlices: client.readSlices,
    clock,
    nowMs: () => client.upstreamNowMs(),
    timeZone: config.displayTimeZone,
  });
  return {
    ...access,
    ...createExploring({ access, explorer, results }),
    ...createNotesAccess({
      connectionId: connection,
      store,
      results,
      access,
      nowMs: () => client.upstreamNowMs(),
      newId: randomUUID,
    }),
    config: { displayTimeZone: config.displayTimeZone, metricsToken: config.metricsToken },
    log,
    metrics,
    async stop() {
      access.endStreams();
      stopping.abort();
      await results.stop();
      await memory.close();
      await store.close();
      loop.stop();
      await outbound.close();
    },
  };
}

/** One credential at one address is one connection; the id says nothing about either. */
const connectionOf = ({ baseUrl, clientId }: Config['kameleoon']) =>
  connectionId(createHash('sha256').update(`${baseUrl}\n${clientId}`).digest('hex').slice(0, 16));

/** What must not be logged, wherever it turns up. */
export function secretsOf({ kameleoon, metricsToken, outbound }: Config): readonly string[] {
  const proxyPassword = outbound.proxyUrl === null ? '' : new URL(outbound.proxyUrl).password;
  return [
    kameleoon.clientSecret,
    metricsToken ?? '',
    proxyPassword,
    decodeURIComponent(proxyPassword),
  ].filter((secret) => secret !== '');
}
