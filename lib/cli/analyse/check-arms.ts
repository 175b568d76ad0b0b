import type { Counted, Counts } from '@/lib/cli/analyse/counts';
import type { RawArm, RawLook, Written } from '@/lib/cli/analyse/raw-counts';
import type { Reader } from '@/lib/cli/analyse/read-values';
import type { Unit } from '@/lib/core/experiment/snapshot';

/** One arm of one look: its name, and what was counted (null where that is at fault). */
export interface NamedCounts {
  readonly name: string;
  readonly counted: Counted | null;
}

/** What all looks call their arms, or null where one is at fault. */
export function readNames(look: RawLook, reader: Reader): readonly string[] {
  const seen = new Set<string>();
  return look.arms.map((arm) => {
    const written = arm.fields.name;
    const name =
      written === undefined ? arm.fallbackName : (reader.text(written) ?? arm.fallbackName);
    if (seen.has(name)) {
      const spot = written?.spot ?? arm.spot;
      const message = `the variation "${name}" comes twice in one look`;
      reader.fail({ spot, value: name, isText: true }, message);
    }
    seen.add(name);
    return name;
  });
}

/** Counts of one arm; everything that is wrong with it is told. */
export function readCounted(arm: RawArm, unit: Unit, reader: Reader): Counted | null {
  const { fields } = arm;
  const missing = (field: string): null =>
    reader.fail(
      { spot: { ...arm.spot, field: pathOf(arm, field) }, value: null, isText: false },
      'is missing',
    );
  const countOf = (written: Written | undefined): number | null =>
    written === undefined ? null : reader.count(written);
  const bought = fields.conversions ?? fields.orders;
  const given = fields.visitors ?? (unit === 'visitors' ? undefined : fields.visits);
  const visitors = given === undefined ? missing('visitors') : countOf(given);
  const conversions = bought === undefined ? missing('conversions') : countOf(bought);
  const visits = fields.visits === undefined ? visitors : countOf(fields.visits);
  const orders = fields.orders === undefined ? conversions : countOf(fields.orders);
  const revenue = fields.revenue === undefined ? null : reader.within(fields.revenue, { least: 0 });
  if (visitors === null || conversions === null || visits === null || orders === null) return null;

  if (fields.visits !== undefined && visits < visitors)
    return reader.fail(fields.visits, `is ${visits}, fewer than the ${visitors} visitors`);
  const [n, units] = unit === 'visits' ? [visits, 'visits'] : [visitors, 'visitors'];
  if (bought !== undefined && conversions > n) {
    const why = 'count each person who converted once';
    return reader.fail(bought, `is ${conversions}, more than the ${n} ${units}: ${why}`);
  }
  if (fields.orders !== undefined && orders < conversions) {
    const why = 'orders count every purchase, conversions the people who bought';
    return reader.fail(
      fields.orders,
      `is ${orders}, fewer than the ${conversions} conversions: ${why}`,
    );
  }
  return { visitors, visits, conversions, orders, revenue };
}

/** Configured shares: all of them, or none. */
export function readWeights(
  arms: readonly RawArm[],
  common: readonly RawArm[],
  reader: Reader,
): readonly (number | null)[] {
  const written = arms.map((arm, place) => arm.fields.weight ?? common[place]?.fields.weight);
  if (written.every((weight) => weight === undefined)) return arms.map(() => null);
  const weights = written.map((weight, place) => {
    const arm = arms[place];
    if (weight !== undefined) return reader.within(weight, { least: 0, below: 1e9 });
    if (arm === undefined) return null;
    const spot = { ...arm.spot, field: pathOf(arm, 'weight') };
    return reader.fail({ spot, value: null, isText: false }, 'is missing, though others have one');
  });
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  return sum > 0 ? weights.map((weight) => (weight === null ? null : weight / sum)) : weights;
}

const pathOf = ({ spot }: RawArm, field: string): string =>
  spot.field === '' ? field : `${spot.field}.${field}`;

/** Place of the reference: by name, by place from 0, or the first arm. */
export function readReference(
  written: Written | undefined,
  arms: Counts['arms'],
  reader: Reader,
): number {
  if (written === undefined)
    return Math.max(
      0,
      arms.findIndex(({ weight }) => weight !== 0),
    );
  const byName = arms.findIndex(({ name }) => name === written.value);
  const { value } = written;
  const isPlace = written.isText && typeof value === 'string' && /^\d{1,3}$/.test(value);
  const placed = typeof value === 'number' || isPlace ? Number(value) : -1;
  const place = byName >= 0 ? byName : placed;
  if (arms[place] === undefined) {
    const known = arms.map(({ name }) => name).join(', ');
    reader.fail(written, `must be one of the arms (${known}), is ${JSON.stringify(value)}`);
    return 0;
  }
  if (arms[place].weight === 0)
    reader.fail(written, 'is an arm of weight 0: nothing was sent there');
  return place;
}
