import { toZonelessSecond } from '@/lib/sandbox/world/buckets';
import { BANK, INSURANCE, SHOP } from '@/lib/sandbox/world/catalogue/sites';
import type { World } from '@/lib/sandbox/world/world';
import { isObject, type Row } from './row';

/** A flag whose experimentation rule collects as an experiment of the stories. */
interface FlagPlan {
  readonly id: number;
  readonly siteId: number;
  readonly featureKey: string;
  readonly name: string;
  readonly experimentId: number;
}

const FLAGS: readonly FlagPlan[] = [
  {
    id: 501_001,
    siteId: INSURANCE,
    featureKey: 'quote-assistant',
    name: 'Quote assistant',
    experimentId: 188401,
  },
  {
    id: 501_002,
    siteId: BANK,
    featureKey: 'mortgage-advisor',
    name: 'Mortgage advisor',
    experimentId: 188501,
  },
  {
    id: 501_003,
    siteId: SHOP,
    featureKey: 'product-page',
    name: 'Product page',
    experimentId: 188604,
  },
];

const AGE_MS = 120 * 86_400_000;

/** A feature flag for each story site, with one environment and one experimentation rule. */
export function toFlagRows(world: World, createdBy: number): readonly Row[] {
  const date = toZonelessSecond(world.epochMs - AGE_MS);
  return FLAGS.flatMap(({ experimentId, ...flag }) => {
    const experiment = world.experiments.find(({ id }) => id === experimentId);
    const site = world.sites.find(({ id }) => id === flag.siteId);
    if (experiment === undefined || site === undefined) return [];
    const [primaryGoalId, ...secondaryGoalIds] = experiment.goals;
    const variations = [
      ...(experiment.hasOriginal ? [{ key: 'off', name: 'Off', variables: [] }] : []),
      ...experiment.variations.map(({ name }, i) => ({
        key: `variation-${i + 1}`,
        name,
        variables: [],
      })),
    ];
    const rule = {
      id: flag.id + 1_000,
      type: 'EXPERIMENTATION',
      experimentId,
      status: experiment.status,
      exposition: 1,
      variationsByExposition: variations.map(({ key }, arm) => ({
        variationKey: key,
        exposition: experiment.configured[arm],
      })),
    };
    return [
      {
        ...flag,
        siteCode: site.code,
        description: '',
        tags: [],
        status: 'ACTIVATED',
        variations,
        environmentConfigurations: [
          {
            environmentKey: 'production',
            defaultVariationKey: variations[0]!.key,
            featureEnabled: true,
            rolloutRules: [rule],
          },
        ],
        primaryGoalId,
        secondaryGoalIds,
        archived: false,
        health: 'HEALTHY',
        createdBy,
        dateCreated: date,
        dateModified: date,
      },
    ];
  });
}

/** The experiment whose results a flag has: that of its first experimentation rule. */
export function findFlagExperiment(flag: Row): number | undefined {
  for (const environment of toObjects(flag['environmentConfigurations'])) {
    for (const { experimentId } of toObjects(environment['rolloutRules'])) {
      if (typeof experimentId === 'number') return experimentId;
    }
  }
  return undefined;
}

const toObjects = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
