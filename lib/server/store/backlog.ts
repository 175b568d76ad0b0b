import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Catalogue } from '@/lib/server/kameleoon/client';
import type { Fact, Facts } from '@/lib/server/store/fact-repository';
import type { ReadName } from '@/lib/server/store/variation-name-repository';
import type { Waiting, WaitingWrites } from '@/lib/server/store/waiting-writes';
import { createWaitingWrites } from '@/lib/server/store/waiting-writes';

interface Of {
  readonly connection: ConnectionId;
}
export type WaitingLook = Of & { readonly look: Look };
export type WaitingSnapshot = Of & { readonly snapshot: Snapshot };
export type WaitingPlan = Of & { readonly experiment: ExperimentId; readonly visitors: number };
export type WaitingName = Of & { readonly name: ReadName };
export type WaitingCatalogue = Of & { readonly catalogue: Catalogue };
export type WaitingFact = Of & {
  readonly name: keyof Facts;
  readonly fact: Fact<keyof Facts>;
};
export type WaitingCall = Of & {
  readonly experiment: ExperimentId;
  readonly call: Call;
  /** It was made without knowing what had been called before: what is kept stands. */
  readonly yields: boolean;
};

/** Everything but requests, by what it is about. */
export interface Backlog {
  readonly looks: WaitingWrites<WaitingLook>;
  readonly latest: WaitingWrites<WaitingSnapshot>;
  readonly calls: WaitingWrites<WaitingCall>;
  readonly plans: WaitingWrites<WaitingPlan>;
  readonly facts: WaitingWrites<WaitingFact>;
  readonly names: WaitingWrites<WaitingName>;
  readonly catalogues: WaitingWrites<WaitingCatalogue>;
}

/** A hundred experiments keep about as many looks in a day. */
const MAX_LOOKS = 5_000;
/** One an experiment, or a variation. */
const MAX_EACH = 20_000;
const MAX_FACTS = 100;

export const createBacklog = (maxLooks = MAX_LOOKS): Backlog => ({
  plans: createWaitingWrites({
    max: MAX_EACH,
    write: (store, { connection, experiment, visitors }) =>
      store.plans.freeze(connection, experiment, { plannedVisitors: visitors }),
  }),
  looks: createWaitingWrites({
    max: maxLooks,
    write: (store, { connection, look }) => store.looks.add(connection, look),
  }),
  latest: createWaitingWrites({
    max: MAX_EACH,
    write: (store, { connection, snapshot }) => store.looks.setLatest(connection, snapshot),
  }),
  calls: createWaitingWrites({
    max: MAX_EACH,
    async write(store, { connection, experiment, call, yields }) {
      if (yields && (await store.calls.read(connection)).has(experiment)) return;
      await store.calls.set(connection, experiment, call);
    },
  }),
  facts: createWaitingWrites({
    max: MAX_FACTS,
    write: (store, { connection, name, fact }) => store.facts.set(connection, name, fact),
  }),
  names: createWaitingWrites({
    max: MAX_EACH,
    write: (store, { connection, name }) => store.names.set(connection, [name]),
  }),
  catalogues: createWaitingWrites({
    max: MAX_FACTS,
    write: (store, { connection, catalogue }) => store.catalogues.set(connection, catalogue),
  }),
});

export const waitingOf = (backlog: Backlog): readonly Waiting[] => Object.values(backlog);
