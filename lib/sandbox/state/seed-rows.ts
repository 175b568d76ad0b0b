import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import type { ExperimentPlan, GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';
import type { World } from '@/lib/sandbox/world/world';
import { EXPERIMENT_DEFAULTS, RULE_DEFAULTS, SITE_DEFAULTS, VARIATION_DEFAULTS } from './defaults';
import type { Kind } from './kind';
import { PEOPLE, toAccountRow } from './people';
import type { Row } from './row';
import { toCustomDataRows } from './seed-custom-datas';
import { toFlagRows } from './seed-flags';
import { toSegmentRows } from './seed-segments';

export const SEED_ACCOUNT_ID = 70001;
const FIRST_RULE_ID = 7_000_000;

/** The world's plans in the API's own words, whole. Dates that are not set are left out, never null. */
export function toSeedRows(world: World, kind: Kind): readonly Row[] {
  switch (kind) {
    case 'sites':
      return world.sites.map((site) => toSiteRow(site, world.epochMs));
    case 'experiments': {
      const codeOf = new Map(world.sites.map((site) => [site.id, site.code]));
      return world.experiments.map((plan) => toExperimentRow(plan, codeOf));
    }
    case 'variations':
      return world.experiments.flatMap(toVariationRows);
    case 'targeting-rules':
      return world.experiments.flatMap(toRuleRows);
    case 'goals':
      return toGoalRows(world);
    case 'segments':
      return toSegmentRows(world, SEED_ACCOUNT_ID);
    case 'feature-flags':
      return toFlagRows(world, SEED_ACCOUNT_ID);
    case 'custom-datas':
      return toCustomDataRows(world, SEED_ACCOUNT_ID);
    case 'accounts':
      return PEOPLE.map(toAccountRow);
    default:
      return [];
  }
}

function toSiteRow(site: SitePlan, epochMs: number): Row {
  return {
    ...site,
    ...SITE_DEFAULTS,
    dateCreated: toZonelessSecond(epochMs - 400 * 86_400_000),
    siteType: site.name.startsWith('Shop') ? 'ECOMMERCE' : 'OTHER',
  };
}

function toExperimentRow(plan: ExperimentPlan, codeOf: ReadonlyMap<number, string>): Row {
  const keys = toDeviationKeys(plan);
  const changedMs = plan.endMs ?? plan.splitSetMs;
  const dated = (name: string, ms: number | undefined): Row =>
    ms === undefined ? {} : { [name]: toZonelessSecond(ms) };
  return {
    id: plan.id,
    name: plan.name,
    siteId: plan.siteId,
    siteCode: codeOf.get(plan.siteId),
    baseURL: plan.baseUrl,
    type: plan.type,
    status: plan.status,
    ...EXPERIMENT_DEFAULTS,
    description: plan.description,
    deviations: {
      // The live API keeps the key of an original that gets nothing.
      ...(plan.hasOriginal ? {} : { origin: 0 }),
      ...Object.fromEntries(keys.map((key, arm) => [key, plan.configured[arm]])),
    },
    respoolTime: Object.fromEntries(keys.map((key) => [key, Math.floor(plan.splitSetMs / 1000)])),
    variations: plan.variations.map((variation) => variation.id),
    goals: [...plan.goals],
    mainGoalId: plan.goals[0],
    trafficAllocationMethod: plan.allocation,
    autoOptimized: plan.allocation !== 'MANUAL',
    collectingDataEnabled: plan.status !== 'stopped',
    createdBy: SEED_ACCOUNT_ID,
    dateCreated: toZonelessSecond(plan.createdMs),
    dateModified: toZonelessSecond(Math.max(changedMs, plan.createdMs)),
    ...(plan.launchMs === undefined ? {} : { targetingRule: toRule(plan) }),
    ...dated('dateStarted', plan.launchMs),
    ...dated('dateEnded', plan.status === 'stopped' ? plan.endMs : undefined),
    ...dated('dateStatusModified', plan.endMs ?? plan.launchMs),
    ...dated('dateCollectingDataStopped', plan.endMs),
  };
}

/** Drafts of the seeds were begun in the app, and nobody has come to their targeting yet. */
function toRuleRows(plan: ExperimentPlan): Row[] {
  return plan.launchMs === undefined ? [] : [{ ...toRule(plan), experimentId: plan.id }];
}

const toRule = ({ id, siteId }: ExperimentPlan): Row => ({
  id: FIRST_RULE_ID + id,
  siteId,
  ...RULE_DEFAULTS,
});

function toDeviationKeys(plan: ExperimentPlan): string[] {
  const ids = plan.variations.map((variation) => String(variation.id));
  return plan.hasOriginal ? ['origin', ...ids] : ids;
}

function toVariationRows(plan: ExperimentPlan): Row[] {
  return plan.variations.map((variation, i) => ({
    id: variation.id,
    name: variation.name,
    siteId: plan.siteId,
    experimentId: plan.id,
    ...VARIATION_DEFAULTS,
    color: i,
  }));
}

function toGoalRows(world: World): Row[] {
  const users = new Map<number, number[]>();
  for (const { id, goals } of world.experiments) {
    for (const goal of goals) users.set(goal, [...(users.get(goal) ?? []), id]);
  }
  const created = toZonelessSecond(world.epochMs - 300 * 86_400_000);
  return world.goals.map((goal) => toGoalRow(goal, users.get(goal.id) ?? [], created));
}

function toGoalRow(goal: GoalPlan, users: readonly number[], created: string): Row {
  return {
    accessLimiters: [],
    createdBy: SEED_ACCOUNT_ID,
    customDatas: [],
    dateCreated: created,
    dateModified: created,
    experimentAmount: users.length,
    experiments: users,
    featureFlagAmount: 0,
    hasMultipleConversions: goal.hasMultipleConversions,
    holdoutAmount: 0,
    holdouts: [],
    id: goal.id,
    isActive: true,
    mentalistWeight: 0,
    name: goal.name,
    ...(goal.params === undefined ? {} : { params: goal.params }),
    personalizationAmount: 0,
    personalizations: [],
    siteId: goal.siteId,
    status: 'ACTIVE',
    tags: [],
    targetingSegmentMentalist: [],
    trackingTools: [],
    type: goal.type,
  };
}
