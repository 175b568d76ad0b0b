import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { Snapshot, UnitProof } from '@/lib/core/experiment/snapshot';
import {
  countsMoreThanPeople,
  REPEATS_TO_REFUTE,
  REPEATS_TO_TRY,
  toExpectedRepeats,
  toUnitProof,
} from '@/lib/server/experiments/unit-proof';
import type { KameleoonClient, Priority } from '@/lib/server/kameleoon/client';
import type { Log } from '@/lib/server/log/create-log';
import type { FactRepository } from '@/lib/server/store/fact-repository';

const HOUR_MS = 3_600_000;
const RENEW_AFTER_MS = 24 * HOUR_MS;
const TRY_AGAIN_AFTER_MS = HOUR_MS;
/** An experiment of this age has visitors who came back. */
const LONG_ENOUGH_MS = 2 * 24 * HOUR_MS;

export interface UnitKeeper {
  proof(): UnitProof;
  restore(): Promise<void>;
  /**
   * Before anything was read: asks of the experiment most likely to show it, so that the first verdicts need not wait
   * for a reading and then for the proof. Once a process, and only while nothing is known.
   */
  anticipate(experiments: readonly Experiment[]): void;
  /** Looks at what has just been read; asks for the two reports of the proof when they are due and can show something. */
  consider(candidate: Candidate, isColdStartOver: boolean): void;
}

export interface Candidate {
  readonly experiment: Experiment;
  readonly snapshot: Snapshot;
}

export interface UnitKeeperOptions {
  readonly connectionId: ConnectionId;
  readonly client: KameleoonClient;
  readonly facts: FactRepository;
  readonly log: Log;
  /** The proof differs from before: every decision must be made anew. */
  readonly onProof: () => void;
  readonly onStoreFailure: (error: unknown) => void;
}

/**
 * What `converted` counts on one connection: proved once, remembered, shown again every day.
 * It has no timer of its own: readings go on for ever, and each brings the question up.
 */
export function createUnitKeeper(options: UnitKeeperOptions): UnitKeeper {
  const { connectionId, client, facts, log, onProof, onStoreFailure } = options;
  let proof: UnitProof = 'unproven';
  let dueAtMs = Number.NEGATIVE_INFINITY;
  let isProving = false;
  let hasAnticipated = false;

  const settle = (shown: UnitProof): void => {
    const nowMs = client.upstreamNowMs();
    if (shown === 'unproven') {
      // A weak sample takes nothing back; a proof once given is asked again tomorrow.
      dueAtMs = nowMs + (proof === 'unproven' ? TRY_AGAIN_AFTER_MS : RENEW_AFTER_MS);
      return;
    }
    dueAtMs = nowMs + RENEW_AFTER_MS;
    facts.set(connectionId, 'unit-proof', { value: shown, knownAtMs: nowMs }).catch(onStoreFailure);
    if (shown === proof) return;
    log.info({ connectionId, proof: shown, before: proof }, 'unit of conversions shown');
    proof = shown;
    onProof();
  };

  const prove = async (experiment: Experiment, asOfMs: number): Promise<UnitProof> => {
    // A whole hour in the past: counts up to there stand still, so the two reports can be compared to the unit.
    const endMs = Math.floor(asOfMs / HOUR_MS) * HOUR_MS;
    const priority: Priority = proof === 'unproven' ? 'interactive' : 'background';
    const [visits, people] = await Promise.all(
      (['visits', 'visitors'] as const).map((unit) =>
        client.readReport({ experiment, unit, endMs }, { priority }),
      ),
    );
    return visits && people ? toUnitProof(people.snapshot, visits.snapshot) : 'unproven';
  };

  const whileProving = (work: Promise<void>, againAfterMs: number): void => {
    isProving = true;
    work
      .catch((error: unknown) => {
        dueAtMs = client.upstreamNowMs() + againAfterMs;
        log.warn({ connectionId, error: String(error) }, 'unit proof failed');
      })
      .finally(() => {
        isProving = false;
      });
  };

  return {
    proof: () => proof,

    async restore() {
      const fact = await facts.find(connectionId, 'unit-proof');
      if (!fact) return;
      proof = fact.value;
      dueAtMs = fact.knownAtMs + RENEW_AFTER_MS;
    },

    anticipate(experiments) {
      if (hasAnticipated || isProving || proof !== 'unproven') return;
      const nowMs = client.upstreamNowMs();
      const oldest = experiments
        .filter(({ status, mainGoalId }) => status === 'active' && mainGoalId !== null)
        .sort((a, b) => (a.startedAtMs ?? nowMs) - (b.startedAtMs ?? nowMs))[0];
      if (!oldest || nowMs - (oldest.startedAtMs ?? nowMs) < LONG_ENOUGH_MS) return;
      hasAnticipated = true;
      // A guess that shows nothing settles nothing: what is read next is considered as ever.
      whileProving(
        prove(oldest, nowMs).then((shown) => {
          if (shown !== 'unproven') settle(shown);
        }),
        0,
      );
    },

    consider(candidate, isColdStartOver) {
      if (isProving) return;
      if (proof !== 'visits' && countsMoreThanPeople(candidate.snapshot)) return settle('visits');
      // A past moment can only be asked of an experiment whose start is known.
      if (client.upstreamNowMs() < dueAtMs || candidate.experiment.startedAtMs === null) return;
      const repeats = toExpectedRepeats(candidate.snapshot);
      // While better filled experiments may still come in, a thin one is left alone.
      if (repeats < (isColdStartOver ? REPEATS_TO_TRY : REPEATS_TO_REFUTE)) return;
      whileProving(
        prove(candidate.experiment, candidate.snapshot.asOfMs).then(settle),
        TRY_AGAIN_AFTER_MS / 12,
      );
    },
  };
}
