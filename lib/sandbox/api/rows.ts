import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import type { ExperimentPlan, GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';
import type { World } from '@/lib/sandbox/world/world';
import type { Row } from './row';

/** The world's plans in the API's own words. Dates that are not set are left out, never null. */
export interface Rows {
  readonly sites: readonly Row[];
  /** `goals` is filled only when asked for with optionalFields. */
  experiments(withGoals: boolean): readonly Row[];
  readonly variations: readonly Row[];
  readonly goals: readonly Row[];
}

const ACCOUNT = 70001;

export function createRows(world: World): Rows {
  const codeOf = new Map(world.sites.map((site) => [site.id, site.code]));
  const sites = world.sites.map((site) => toSiteRow(site, world.epochMs));
  const bare = world.experiments.map((plan) => toExperimentRow(plan, codeOf, false));
  const full = world.experiments.map((plan) => toExperimentRow(plan, codeOf, true));
  return {
    sites,
    experiments: (withGoals) => (withGoals ? full : bare),
    variations: world.experiments.flatMap(toVariationRows),
    goals: world.goals.map((goal) => toGoalRow(goal, world)),
  };
}

/** Names of all fields any of the rows has: what may be filtered and sorted by. */
export function toFields(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => Object.keys(row)));
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

function toExperimentRow(
  plan: ExperimentPlan,
  codeOf: ReadonlyMap<number, string>,
  withGoals: boolean,
): Row {
  const keys = toDeviationKeys(plan);
  const changedMs = plan.endMs ?? plan.splitSetMs;
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
    goals: withGoals ? [...plan.goals] : [],
    mainGoalId: plan.goals[0],
    trafficAllocationMethod: plan.allocation,
    targetingConfiguration: 'SITE',
    autoOptimized: plan.allocation !== 'MANUAL',
    collectingDataEnabled: plan.status === 'active',
    executeCodeForReference: true,
    isArchived: false,
    isLegacyEditor: false,
    isMultipleTestingCorrection: false,
    createdBy: ACCOUNT,
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

function dated(name: string, ms: number | undefined): Row {
  return ms === undefined ? {} : { [name]: toZonelessSecond(ms) };
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

function toGoalRow(goal: GoalPlan, world: World): Row {
  const users = world.experiments.filter((plan) => plan.goals.includes(goal.id));
  const created = toZonelessSecond(world.epochMs - 300 * 86_400_000);
  return {
    accessLimiters: [],
    createdBy: ACCOUNT,
    customDatas: [],
    dateCreated: created,
    dateModified: created,
    experimentAmount: users.length,
    experiments: users.map((plan) => plan.id),
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
