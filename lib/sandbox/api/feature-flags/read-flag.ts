import { isSet, type Checks } from '@/lib/sandbox/api/checks';
import { toShown } from '@/lib/sandbox/api/shown';
import { isObject, type Row } from '@/lib/sandbox/state/row';

const HEALTHS = ['PERMANENT', 'HEALTHY', 'STALE', 'SMELLY'] as const;

/** Whether an experiment lies on the flag's own site: a rule may lead to no other. */
export type HasExperiment = (id: unknown) => boolean;

/** What may be changed of a flag, checked; everything else a client sends back is left aside. */
export function readFlagChanges(body: Row, checks: Checks, hasExperiment: HasExperiment): Row {
  const changes: Record<string, unknown> = {};
  const take = (name: string, isFit: (value: unknown) => boolean): void => {
    if (isSet(body[name]) && isFit(body[name])) changes[name] = body[name];
  };
  take('name', (value) => checks.isText(value, 'name'));
  take(
    'description',
    (value) => typeof value === 'string' || checks.fault('description', 'must be a text'),
  );
  take('tags', (value) => checks.isTextList(value, 'tags'));
  take('archived', (value) => checks.isFlag(value, 'archived'));
  take('health', (value) => checks.isOneOf(value, 'health', HEALTHS));
  take('primaryGoalId', (value) => checks.isNumber(value, 'primaryGoalId'));
  take('secondaryGoalIds', (value) => {
    if (!checks.isList(value, 'secondaryGoalIds')) return false;
    return value.every((id, i) => checks.isNumber(id, `secondaryGoalIds[${i}]`));
  });
  take('variations', (value) => areVariations(value, checks));
  take('environmentConfigurations', (value) => areEnvironments(value, checks, hasExperiment));
  const { isArchived } = body;
  if (isSet(isArchived) && checks.isFlag(isArchived, 'isArchived'))
    changes['archived'] = isArchived;
  return changes;
}

function areVariations(value: unknown, checks: Checks): boolean {
  if (!checks.isList(value, 'variations')) return false;
  return value.every((item, i) => {
    const path = `variations[${i}]`;
    if (!checks.isRecord(item, path)) return false;
    const { key, variables } = item;
    const isKeyed = checks.isText(key, `${path}.key`);
    return isKeyed && (!isSet(variables) || checks.isList(variables, `${path}.variables`));
  });
}

function areEnvironments(value: unknown, checks: Checks, hasExperiment: HasExperiment): boolean {
  const path = 'environmentConfigurations';
  if (!checks.isList(value, path)) return false;
  return value.every((item, i) => {
    const own = `${path}[${i}]`;
    if (!checks.isRecord(item, own)) return false;
    const isKeyed = checks.isText(item['environmentKey'], `${own}.environmentKey`);
    const { rolloutRules } = item;
    if (!isKeyed || !isSet(rolloutRules)) return isKeyed;
    return areRules(rolloutRules, `${own}.rolloutRules`, checks, hasExperiment);
  });
}

function areRules(
  value: unknown,
  path: string,
  checks: Checks,
  hasExperiment: HasExperiment,
): boolean {
  if (!checks.isList(value, path)) return false;
  return value.every((rule, i) => {
    if (!checks.isRecord(rule, `${path}[${i}]`)) return false;
    const { experimentId } = rule;
    if (!isSet(experimentId) || hasExperiment(experimentId)) return true;
    const words = `no experiment ${toShown(experimentId)} on this site`;
    return checks.fault(`${path}[${i}].experimentId`, words);
  });
}

/** Changes of one environment; keys of the environment itself stay. */
export function readEnvironmentChanges(
  body: Row,
  checks: Checks,
  hasExperiment: HasExperiment,
): Row {
  const { featureEnabled, defaultVariationKey, rolloutRules } = body;
  const isSwitched = isSet(featureEnabled) && checks.isFlag(featureEnabled, 'featureEnabled');
  const isKeyed =
    isSet(defaultVariationKey) && checks.isText(defaultVariationKey, 'defaultVariationKey');
  const areFit =
    isSet(rolloutRules) && areRules(rolloutRules, 'rolloutRules', checks, hasExperiment);
  return {
    ...(isSwitched ? { featureEnabled } : {}),
    ...(isKeyed ? { defaultVariationKey } : {}),
    ...(areFit ? { rolloutRules } : {}),
  };
}

export const toEnvironments = (flag: Row): readonly Row[] => {
  const environments = flag['environmentConfigurations'];
  return Array.isArray(environments) ? environments.filter(isObject) : [];
};
