import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import type { ExperimentPlan, GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';
import type { World } from '@/lib/sandbox/world/world';
import type { Kind } from './kind';
import type { Row } from './row';

export const SEED_ACCOUNT_ID = 70001;

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
    case 'goals':
      return toGoalRows(world);
    default:
      return [];
  }
}

function toSiteRow(site: SitePlan, epochMs: number): Row {
  return {
    ...site,
    isScriptActive: true,
    isKameleoonEnabled: true,
    description: '',
    dateCreated: toZonelessSecond(epochMs - 400 * 86_400_000),
    domainNames: [],
    type: 'SITE_JS',
    siteType: site.name.startsWith('Shop') ? 'ECOMMERCE' : 'OTHER',
    behaviorWhenTimeout: 'RUN',
    dataStorage: 'STANDARD_COOKIE',
    experimentConfig: { minWiningReliability: 95 },
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
    description: plan.description,
    tags: [],
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
    targetingConfiguration: 'SITE',
    autoOptimized: plan.allocation !== 'MANUAL',
    collectingDataEnabled: plan.status === 'active',
    executeCodeForReference: true,
    isArchived: false,
    isLegacyEditor: false,
    isMultipleTestingCorrection: false,
    createdBy: SEED_ACCOUNT_ID,
    dateCreated: toZonelessSecond(plan.createdMs),
    dateModified: toZonelessSecond(Math.max(changedMs, plan.createdMs)),
    ...dated('dateStarted', plan.launchMs),
    ...dated('dateEnded', plan.status === 'stopped' ? plan.endMs : undefined),
    ...dated('dateStatusModified', plan.endMs ?? plan.launchMs),
    ...dated('dateCollectingDataStopped', plan.endMs),
    trackingTools: [],
    mvtVariations: [],
  };
}

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
    color: i,
    jsCode: '',
    cssCode: '',
    isJsCodeAfterDomReady: true,
    creationMode: 'CODE_BASE',
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
