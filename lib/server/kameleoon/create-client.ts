import 'server-only';

import { createReadCatalogue } from '@/lib/server/kameleoon/catalogue';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Connection, ConnectionOptions } from '@/lib/server/kameleoon/create-connection';
import { createConnection } from '@/lib/server/kameleoon/create-connection';
import { createLabels } from '@/lib/server/kameleoon/labels';
import { createReadReport } from '@/lib/server/kameleoon/report';
import type { ReadSlices } from '@/lib/server/kameleoon/slices';
import { createReadSlices } from '@/lib/server/kameleoon/slices';
import { createReadNames } from '@/lib/server/kameleoon/variation-names';

export type KameleoonClientOptions = ConnectionOptions;

export interface ExploringClient extends KameleoonClient {
  readonly readSlices: ReadSlices;
}

/** One client per credential: it owns the credential's token and budget. */
export const createKameleoonClient = (options: KameleoonClientOptions): ExploringClient =>
  createClient(createConnection(options), options);

/** The same on a connection that others use too. */
export function createClient(
  connection: Connection,
  { clock }: Pick<ConnectionOptions, 'clock'>,
): ExploringClient {
  const { call, pages, runJob, jobTime, budget, transport, retries, upstreamClock } = connection;
  return {
    readCatalogue: createReadCatalogue({ call, pages, labels: createLabels({ pages, clock }) }),
    readNames: createReadNames({ call, pages }),
    readSlices: createReadSlices({ runJob }),
    readReport: createReadReport({ runJob, nowMs: () => upstreamClock.nowMs() }),
    upstreamNowMs: () => upstreamClock.nowMs(),
    budget: () => budget.use(),
    line: () => ({ breakers: transport.breakers(), retries: retries.use() }),
    expectedJobMs: () => Math.round(jobTime.estimateMs()),
  };
}
