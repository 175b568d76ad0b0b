import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import { isProblemError } from '@/lib/core/problem/problem';
import { toForm, USUAL_FORM } from '@/lib/server/experiments/counting-form';
import type { CountingForm, KameleoonClient, Report } from '@/lib/server/kameleoon/client';
import type { Log } from '@/lib/server/log/create-log';
import type { FactRepository } from '@/lib/server/store/fact-repository';

const DAY_MS = 24 * 3_600_000;
/** After a restart, however long nothing was read before: the proof is looked for first. */
const FIRST_CHANCE_MS = 10 * 60_000;

/** In which form the experiments of one connection are read. */
export interface FormKeeper {
  restore(): Promise<void>;
  formOf(experiment: Experiment): CountingForm;
  /**
   * Reads in that form. Where the API does not tell first visits, reads as ever in the same turn, and remembers it for
   * a day. Throws what the reading throws.
   */
  read(experiment: Experiment, ask: (form: CountingForm) => Promise<Report>): Promise<Report>;
  /** A good reading of something that was counted: from the first one on, the proof of the unit has a day's time. */
  noteReading(): void;
}

export interface FormKeeperOptions {
  readonly connectionId: ConnectionId;
  readonly client: Pick<KameleoonClient, 'upstreamNowMs'>;
  readonly facts: FactRepository;
  readonly proof: () => UnitProof;
  readonly log: Log;
  /** From now on experiments may be asked for in another form. */
  readonly onChange: () => void;
  readonly onStoreFailure: (error: unknown) => void;
}

/**
 * Without a proof after a day of readings, first visits are asked for: they need none, so the change costs counts (what
 * people do when they come back) and never the promise. By then a site whose people come back has shown it; where they
 * do not, little is lost. The proof is looked for all the same, and people are asked for again once it is there.
 */
export function createFormKeeper(options: FormKeeperOptions): FormKeeper {
  const { connectionId, client, facts, proof, log, onChange, onStoreFailure } = options;
  let unprovenSinceMs: number | null = null;
  let firstReadingMs: number | null = null;
  let isDoubted = false;
  let refusedAtMs: number | null = null;

  const areFirstVisitsTold = (): boolean =>
    refusedAtMs === null || client.upstreamNowMs() - refusedAtMs >= DAY_MS;

  const formOf = (experiment: Experiment): CountingForm =>
    toForm({
      experiment,
      nowMs: client.upstreamNowMs(),
      proof: proof(),
      isDoubted,
      areFirstVisitsTold: areFirstVisitsTold(),
    });

  const remember = (value: 'told' | 'not-told', knownAtMs: number): void => {
    refusedAtMs = value === 'told' ? null : knownAtMs;
    facts.set(connectionId, 'first-visits', { value, knownAtMs }).catch(onStoreFailure);
  };

  return {
    formOf,

    async restore() {
      const told = await facts.find(connectionId, 'first-visits');
      if (told) refusedAtMs = told.value === 'told' ? null : told.knownAtMs;
      const since = await facts.find(connectionId, 'unproven-since-ms');
      if (since) unprovenSinceMs = since.value;
    },

    async read(experiment, ask) {
      const form = formOf(experiment);
      try {
        const report = await ask(form);
        if (form.unit === 'first-visits' && refusedAtMs !== null)
          remember('told', client.upstreamNowMs());
        return report;
      } catch (error) {
        if (form.unit !== 'first-visits' || !isRefusal(error)) throw error;
        // Where this one is refused too, it was not for the form.
        const report = await ask(USUAL_FORM);
        log.warn({ connectionId, error: String(error) }, 'first visits not to be had');
        remember('not-told', client.upstreamNowMs());
        onChange();
        return report;
      }
    },

    noteReading() {
      if (proof() !== 'unproven') return;
      const nowMs = client.upstreamNowMs();
      if (unprovenSinceMs === null) {
        unprovenSinceMs = nowMs;
        const fact = { value: nowMs, knownAtMs: nowMs };
        facts.set(connectionId, 'unproven-since-ms', fact).catch(onStoreFailure);
      }
      firstReadingMs ??= nowMs;
      if (isDoubted || nowMs - unprovenSinceMs < DAY_MS || nowMs - firstReadingMs < FIRST_CHANCE_MS)
        return;
      isDoubted = true;
      log.info({ connectionId }, 'unit not shown within a day: first visits are asked for');
      onChange();
    },
  };
}

const isRefusal = (error: unknown): boolean =>
  isProblemError(error) && error.problem.code === 'upstream-rejected';
