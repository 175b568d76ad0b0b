import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Catalogue } from '@/lib/server/kameleoon/client';
import type { CallLogOf } from '@/lib/server/store/call-repository';
import type { Citation } from '@/lib/server/store/citation-repository';
import type { Fact, Facts } from '@/lib/server/store/fact-repository';
import type { KeptHistory } from '@/lib/server/store/history-repository';
import type { FrozenPlan } from '@/lib/server/store/plan-repository';
import type { ReadName } from '@/lib/server/store/variation-name-repository';
import type { Waiting, WaitingWrites } from '@/lib/server/store/waiting-writes';
import { createWaitingWrites } from '@/lib/server/store/waiting-writes';

interface Of {
  readonly connection: ConnectionId;
}
export type WaitingLook = Of & { readonly look: Look };
export type WaitingSnapshot = Of & { readonly snapshot: Snapshot };
export type WaitingPlan = Of & { readonly experiment: ExperimentId; readonly plan: FrozenPlan };
export type WaitingName = Of & { readonly name: ReadName };
export type WaitingCatalogue = Of & { readonly catalogue: Catalogue };
export type WaitingFact = Of & {
  readonly name: keyof Facts;
  readonly fact: Fact<keyof Facts>;
};
/** It was made without knowing what had been told before: what is kept stands. */
interface Yielding {
  readonly yields: boolean;
}
export type WaitingCalls = Of &
  Yielding & { readonly of: CallLogOf; readonly calls: readonly Call[] };
export type WaitingHistory = Of &
  Yielding & { readonly experiment: ExperimentId; readonly kept: KeptHistory };
export type WaitingCitation = Of & {
  readonly experiment: ExperimentId;
  readonly citation: Citation;
};

/** Everything but requests, by what it is about. */
export interface Backlog {
  readonly looks: WaitingWrites<WaitingLook>;
  readonly latest: WaitingWrites<WaitingSnapshot>;
  readonly calls: WaitingWrites<WaitingCalls>;
  readonly histories: WaitingWrites<WaitingHistory>;
  readonly citations: WaitingWrites<WaitingCitation>;
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
    write: (store, { connection, experiment, plan }) =>
      store.plans.freeze(connection, experiment, plan),
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
    async write(store, { connection, of, calls, yields }) {
      if (yields && (await store.calls.read(connection, of)).length > 0) return;
      await store.calls.set(connection, of, calls);
    },
  }),
  histories: createWaitingWrites({
    max: MAX_EACH,
    async write(store, { connection, experiment, kept, yields }) {
      if (yields && (await store.histories.find(connection, experiment))) return;
      await store.histories.set(connection, experiment, kept);
    },
  }),
  citations: createWaitingWrites({
    max: MAX_EACH,
    write: (store, { connection, experiment, citation }) =>
      store.citations.add(connection, experiment, [citation]),
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
