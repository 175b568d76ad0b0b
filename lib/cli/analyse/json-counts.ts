import type { Fault, Spot } from '@/lib/cli/analyse/fault';
import { faultAt } from '@/lib/cli/analyse/fault';
import type { JsonEntry, JsonNode } from '@/lib/cli/analyse/parse-json';
import { parseJson } from '@/lib/cli/analyse/parse-json';
import type { RawArm, RawCounts, RawLook, Written } from '@/lib/cli/analyse/raw-counts';
import { toArmField, toSettingField } from '@/lib/cli/analyse/raw-counts';

/** JSON counts as they were written. Throws `UnreadableInput` where it is not JSON. */
export function readJsonCounts(text: string): RawCounts {
  const root = parseJson(text);
  const faults: Fault[] = [];
  const ignored: Spot[] = [];
  const wrong = (node: JsonNode, what: string): null => {
    faults.push(faultAt(node.spot, `must be ${what}, is ${nounOf(node)}`));
    return null;
  };
  const entriesOf = (node: JsonNode, what: string): readonly JsonEntry[] =>
    node.kind === 'object' ? unique(node.entries, faults) : (wrong(node, what) ?? []);
  const itemsOf = (node: JsonNode, what: string): readonly JsonNode[] =>
    node.kind === 'array' ? node.items : (wrong(node, what) ?? []);
  const written = (node: JsonNode): Written | null => {
    if (node.kind !== 'value') return wrong(node, 'a single value');
    // null means "not given".
    return node.value === null ? null : { spot: node.spot, value: node.value, isText: false };
  };

  const readArm = (node: JsonNode, fallbackName: string): RawArm => {
    const fields: Record<string, Written> = {};
    for (const { key, node: value } of entriesOf(node, 'an object of counts')) {
      const field = toArmField(key);
      if (field === null) ignored.push(value.spot);
      else if (fields[field] !== undefined)
        faults.push(faultAt(value.spot, `says ${field} a second time`));
      else {
        const found = written(value);
        if (found !== null) fields[field] = found;
      }
    }
    return { spot: node.spot, fields, fallbackName };
  };
  const readArms = (node: JsonNode): RawArm[] =>
    itemsOf(node, 'a list of arms').map((arm, place) => readArm(arm, `arm ${place + 1}`));

  const readLook = (node: JsonNode): RawLook => {
    let at: Written | null = null;
    let days: Written | null = null;
    const arms: RawArm[] = [];
    for (const { key, node: value } of entriesOf(node, 'an object with arms')) {
      if (isArms(key)) arms.push(...readArms(value));
      else if (isPair(key)) arms.push(readArm(value, key));
      else if (key === 'at' || key === 'asOf' || key === 'date') at = written(value);
      else if (key === 'days' || key === 'day') days = written(value);
      else ignored.push(value.spot);
    }
    return { spot: node.spot, at, days, arms: controlFirst(arms) };
  };

  const settings: Record<string, Written> = {};
  const arms: RawArm[] = [];
  const weights: Written[] = [];
  const looks: RawLook[] = [];
  let hasLooks = false;
  const readTop = (entries: readonly JsonEntry[]): void => {
    for (const { key, node } of entries) {
      const field = toSettingField(key);
      if (key === 'input' && node.kind === 'object') readTop(unique(node.entries, faults));
      else if (isArms(key)) arms.push(...readArms(node));
      else if (isPair(key)) arms.push(readArm(node, key));
      else if (key === 'weights')
        for (const item of itemsOf(node, 'a list of weights')) {
          const weight = written(item);
          if (weight !== null) weights.push(weight);
        }
      else if (key === 'looks') {
        hasLooks = true;
        looks.push(...itemsOf(node, 'a list of looks').map(readLook));
      } else if (field === null) ignored.push(node.spot);
      else {
        const found = written(node);
        if (found !== null) settings[field] = found;
      }
    }
  };
  readTop(entriesOf(root, 'an object with "arms" or "looks"'));

  const weighed = controlFirst(arms).map((arm, place) => withWeight(arm, weights[place]));
  const spread = hasLooks
    ? looks.map((look) => ({
        ...look,
        arms: look.arms.map((arm, place) => withWeight(arm, weights[place])),
      }))
    : [{ spot: root.spot, at: null, days: null, arms: weighed }];
  const common = hasLooks ? weighed : [];
  return { settings, common, looks: spread, faults, ignored };
}

const isArms = (key: string): boolean => key === 'arms' || key === 'variations';
const isPair = (key: string): boolean => key === 'control' || key === 'treatment';

/** Where arms are called control and treatment, the control is what the others are held against. */
const controlFirst = (arms: readonly RawArm[]): RawArm[] =>
  arms.toSorted(
    (a, b) => Number(b.fallbackName === 'control') - Number(a.fallbackName === 'control'),
  );

const withWeight = (arm: RawArm, weight: Written | undefined): RawArm =>
  weight === undefined || arm.fields.weight !== undefined
    ? arm
    : { ...arm, fields: { ...arm.fields, weight } };

/** A field that is written twice says two things. */
function unique(entries: readonly JsonEntry[], faults: Fault[]): readonly JsonEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ key, node }) => {
    if (seen.has(key)) faults.push(faultAt(node.spot, `"${key}" is written a second time`));
    else {
      seen.add(key);
      return true;
    }
    return false;
  });
}

const nounOf = (node: JsonNode): string =>
  node.kind === 'object'
    ? 'an object'
    : node.kind === 'array'
      ? 'a list'
      : JSON.stringify(node.value);
