import type { Fault, Spot } from '@/lib/cli/analyse/fault';

/** A value as it was written, with its place; `isText`: a cell or an option, where numbers are written as text. */
export interface Written {
  readonly spot: Spot;
  readonly value: string | number | boolean | null;
  readonly isText: boolean;
}

export const ARM_FIELDS = [
  'name',
  'visitors',
  'conversions',
  'weight',
  'visits',
  'revenue',
  'orders',
] as const;
export type ArmField = (typeof ARM_FIELDS)[number];

export const SETTING_FIELDS = [
  'reference',
  'confidenceLevel',
  'alpha',
  'unit',
  'better',
  'plannedVisitors',
  'tunedVisitors',
  'plannedEffect',
  'smallestEffect',
  'maxOrderValue',
  'neededCounts',
  'splitThreshold',
  'days',
  'startedAt',
  'asOf',
] as const;
export type SettingField = (typeof SETTING_FIELDS)[number];

export interface RawArm {
  readonly spot: Spot;
  readonly fields: Partial<Record<ArmField, Written>>;
  /** What it is called where no name was written. */
  readonly fallbackName: string;
}

export interface RawLook {
  readonly spot: Spot;
  readonly at: Written | null;
  readonly days: Written | null;
  readonly arms: readonly RawArm[];
}

/** The input as it was written, whatever it was written in: nothing is checked yet. */
export interface RawCounts {
  readonly settings: Partial<Record<SettingField, Written>>;
  /** Names and weights said once for all looks, by place. */
  readonly common: readonly RawArm[];
  readonly looks: readonly RawLook[];
  readonly faults: readonly Fault[];
  /** Fields nobody knows. */
  readonly ignored: readonly Spot[];
}

/** Other names that a field goes by. */
export const ARM_ALIASES: Readonly<Record<string, ArmField>> = {
  variation: 'name',
  n: 'visitors',
  users: 'visitors',
  people: 'visitors',
  x: 'conversions',
  converted: 'conversions',
  share: 'weight',
  purchases: 'orders',
};

export const SETTING_ALIASES: Readonly<Record<string, SettingField>> = {
  confidence: 'confidenceLevel',
  Nstar: 'tunedVisitors',
  nStar: 'tunedVisitors',
  max_order_value: 'maxOrderValue',
  min_conversions_and_nonconversions: 'neededCounts',
  srm_threshold: 'splitThreshold',
};

const own = <Field extends string>(
  name: string,
  fields: readonly Field[],
  aliases: Readonly<Record<string, Field>>,
): Field | null =>
  fields.find((field) => field === name) ??
  (Object.hasOwn(aliases, name) ? (aliases[name] ?? null) : null);

export const toArmField = (name: string): ArmField | null => own(name, ARM_FIELDS, ARM_ALIASES);
export const toSettingField = (name: string): SettingField | null =>
  own(name, SETTING_FIELDS, SETTING_ALIASES);
