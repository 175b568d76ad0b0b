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

export interface UnitKeeper {
  proof(): UnitProof;
  restore(): Promise<void>;
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

  const prove = async ({ experiment, snapshot }: Candidate): Promise<void> => {
    // A whole hour in the past: counts up to there stand still, so the two reports can be compared to the unit.
    const endMs = Math.floor(snapshot.asOfMs / HOUR_MS) * HOUR_MS;
    const priority: Priority = proof === 'unproven' ? 'interactive' : 'background';
    const visits = await client.readReport({ experiment, unit: 'visits', endMs }, { priority });
    const people = await client.readReport({ experiment, unit: 'visitors', endMs }, { priority });
    settle(toUnitProof(people.snapshot, visits.snapshot));
  };

  return {
    proof: () => proof,

    async restore() {
      const fact = await facts.find(connectionId, 'unit-proof');
      if (!fact) return;
      proof = fact.value;
      dueAtMs = fact.knownAtMs + RENEW_AFTER_MS;
    },

    consider(candidate, isColdStartOver) {
      if (isProving) return;
      if (proof !== 'visits' && countsMoreThanPeople(candidate.snapshot)) return settle('visits');
      // A past moment can only be asked of an experiment whose start is known.
      if (client.upstreamNowMs() < dueAtMs || candidate.experiment.startedAtMs === null) return;
      const repeats = toExpectedRepeats(candidate.snapshot);
      // While better filled experiments may still come in, a thin one is left alone.
      if (repeats < (isColdStartOver ? REPEATS_TO_TRY : REPEATS_TO_REFUTE)) return;
      isProving = true;
      prove(candidate)
        .catch((error: unknown) => {
          dueAtMs = client.upstreamNowMs() + TRY_AGAIN_AFTER_MS / 12;
          log.warn({ connectionId, error: String(error) }, 'unit proof failed');
        })
        .finally(() => {
          isProving = false;
        });
    },
  };
}
