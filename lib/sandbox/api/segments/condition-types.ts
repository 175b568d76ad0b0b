import { isSet, type Checks } from '@/lib/sandbox/api/checks';
import type { Row } from '@/lib/sandbox/state/row';

const TEXT_MATCHES = ['EXACT', 'CONTAINS', 'REGULAR_EXPRESSION', 'TARGETED_URL'] as const;
const DEVICES = ['DESKTOP', 'TABLET', 'PHONE'] as const;
const VISITORS = ['NEW', 'RETURNING'] as const;
const MOMENTS = ['IMMEDIATE', 'DOM_READY', 'ASYNC'] as const;

type Check = (leaf: Row, path: string, checks: Checks) => void;

/** The types we use ourselves; every other one is kept as it came. */
const TYPES: ReadonlyMap<string, Check> = new Map<string, Check>([
  [
    'PAGE_URL',
    ({ url, matchType }, path, checks) => {
      checks.isText(url, `${path}.url`);
      checks.isOneOf(matchType, `${path}.matchType`, TEXT_MATCHES);
    },
  ],
  [
    'DEVICE_TYPE',
    ({ device }, path, checks) => void checks.isOneOf(device, `${path}.device`, DEVICES),
  ],
  [
    'GEOLOCATION',
    ({ country, region, city }, path, checks) => {
      checks.isText(country, `${path}.country`);
      if (isSet(region) && region !== '') checks.isText(region, `${path}.region`);
      if (isSet(city) && city !== '') checks.isText(city, `${path}.city`);
    },
  ],
  [
    'JS_CODE',
    ({ jsCode, applied, timeout }, path, checks) => {
      checks.isText(jsCode, `${path}.jsCode`);
      if (isSet(applied)) checks.isOneOf(applied, `${path}.applied`, MOMENTS);
      if (isSet(timeout)) checks.isNumber(timeout, `${path}.timeout`, 0);
    },
  ],
  [
    'NEW_VISITORS',
    ({ visitorsType }, path, checks) =>
      void checks.isOneOf(visitorsType, `${path}.visitorsType`, VISITORS),
  ],
]);

/** One condition as a client sends it; `path` names it in what is told of its faults. */
export function checkCondition(leaf: unknown, path: string, checks: Checks): leaf is Row {
  if (!checks.isRecord(leaf, path)) return false;
  const { targetingType, weight, include } = leaf;
  if (isSet(weight)) checks.isNumber(weight, `${path}.weight`, 0);
  if (isSet(include)) checks.isFlag(include, `${path}.include`);
  if (!checks.isText(targetingType, `${path}.targetingType`)) return true;
  if (!/^[A-Z][A-Z_]*$/.test(targetingType))
    checks.fault(`${path}.targetingType`, 'is not a type of condition');
  TYPES.get(targetingType)?.(leaf, path, checks);
  return true;
}

/** As it is kept: with an id, the weight 1 and included unless it says otherwise. */
export function toCondition(leaf: Row, id: number): Row {
  const { id: _, targetingType, weight, include, ...own } = leaf;
  return {
    id,
    targetingType,
    weight: isSet(weight) ? Number(weight) : 1,
    include: include ?? true,
    ...own,
  };
}
