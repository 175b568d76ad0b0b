import 'server-only';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { PlanFact } from '@/lib/core/live/reading';
import type { Store } from '@/lib/server/store/open-store';
import type { FrozenPlan, Plan } from '@/lib/server/store/plan-repository';
import { DEFAULT_PLAN } from '@/lib/server/store/plan-repository';

/** What people planned, by experiment; what they left open is the default. */
export type Wishes = ReadonlyMap<ExperimentId, Partial<Settings>>;

/** What the experiments of one connection are judged by: frozen at the first look (statistics A12.2). */
export interface ShelfPlans {
  /** Reads what is frozen; never rejects. Again after `forget`. */
  load(): Promise<void>;
  forget(): void;
  /** What is frozen, else what would be. */
  settingsOf(id: ExperimentId): Settings;
  /** Freezes the plan at the first look; `onOther` is told when the store turns out to hold another one. */
  freeze(id: ExperimentId, atMs: number, onOther: (settings: Settings) => Promise<void>): void;
  /** null before the first look. */
  factOf(id: ExperimentId): PlanFact | null;
}

export interface ShelfPlansOptions {
  readonly connectionId: ConnectionId;
  readonly store: Pick<Store, 'plans'>;
  /** What people planned before the first look; nothing by default. */
  readonly wishes?: Wishes;
  readonly remember: (write: () => Promise<unknown>) => void;
  /** What somebody planned differs from what was frozen before: it is too late. Told once. */
  readonly onPlanRefused?: (id: ExperimentId, frozen: FrozenPlan) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

export function createShelfPlans(options: ShelfPlansOptions): ShelfPlans {
  const { connectionId, store, wishes, remember, onPlanRefused, onStoreFailure } = options;
  const frozen = new Map<ExperimentId, FrozenPlan>();
  const refused = new Set<ExperimentId>();
  let loading: Promise<void> | undefined;

  const planOf = (id: ExperimentId): Plan => {
    const wish = wishes?.get(id);
    return wish ? { settings: { ...DEFAULT_SETTINGS, ...wish }, setBy: 'file' } : DEFAULT_PLAN;
  };

  const know = (id: ExperimentId, plan: FrozenPlan): void => {
    frozen.set(id, plan);
    if (refused.has(id) || !isRefused(wishes?.get(id), plan.settings)) return;
    refused.add(id);
    onPlanRefused?.(id, plan);
  };

  const load = async (): Promise<void> => {
    try {
      for (const [id, plan] of await store.plans.read(connectionId)) know(id, plan);
    } catch (error) {
      onStoreFailure(error);
    }
  };

  return {
    load: () => (loading ??= load()),
    forget() {
      loading = undefined;
    },
    settingsOf: (id) => (frozen.get(id) ?? planOf(id)).settings,

    freeze(id, atMs, onOther) {
      if (frozen.has(id)) return;
      const plan = { ...planOf(id), frozenAtMs: atMs };
      frozen.set(id, plan);
      remember(async () => {
        const held = await store.plans.freeze(connectionId, id, plan);
        know(id, held);
        if (!isSame(held.settings, plan.settings)) await onOther(held.settings);
      });
    },

    factOf(id) {
      const plan = frozen.get(id);
      if (!plan) return null;
      const { setBy, frozenAtMs } = plan;
      return { setBy, frozenAtMs, isWishRefused: refused.has(id) };
    },
  };
}

const isRefused = (wish: Partial<Settings> | undefined, held: Settings): boolean =>
  wish !== undefined && !isSame({ ...held, ...wish }, held);

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

/** The order in which somebody wrote goals down makes no difference. */
const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, part]) => [key, inOrder(part)])
    : value;
