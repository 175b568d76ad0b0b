import { readCounted, readNames, readReference, readWeights } from '@/lib/cli/analyse/check-arms';
import { readMoments } from '@/lib/cli/analyse/check-time';
import type { Counted, Counts } from '@/lib/cli/analyse/counts';
import type { Fault } from '@/lib/cli/analyse/fault';
import { describeFault, faultAt } from '@/lib/cli/analyse/fault';
import type { RawCounts, RawLook, SettingField } from '@/lib/cli/analyse/raw-counts';
import type { Reader } from '@/lib/cli/analyse/read-values';
import { createReader } from '@/lib/cli/analyse/read-values';
import type { Unit } from '@/lib/core/experiment/snapshot';

export type Checked =
  | { readonly ok: true; readonly counts: Counts }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const UNITS: readonly Unit[] = ['visitors', 'visits', 'first-visits'];
const MAX_ARMS = 100;
const MAX_LOOKS = 50_000;
/** Below it a level has no digits left. */
const SMALLEST_ALPHA = 1e-9;

/** Checks everything that was written and tells all faults at once, in the order of the input. */
export function toCounts(raw: RawCounts): Checked {
  const faults: Fault[] = [...raw.faults];
  const reader = createReader(faults);
  const { settings } = raw;
  const number = (field: SettingField, limits: Parameters<Reader['within']>[1]): number | null => {
    const written = settings[field];
    return written === undefined ? null : reader.within(written, limits);
  };
  const people = (field: SettingField): number | null => {
    const written = settings[field];
    return written === undefined ? null : reader.count(written, 1);
  };
  const unit = settings.unit === undefined ? 'visitors' : reader.choice(settings.unit, UNITS);
  const better =
    settings.better === undefined ? 'higher' : reader.choice(settings.better, ['higher', 'lower']);

  const first = raw.looks[0];
  if (first === undefined && faults.length === 0)
    faults.push(faultAt({ line: 1, column: 1, field: 'looks' }, 'holds no look'));
  const beyond = raw.looks[MAX_LOOKS];
  if (beyond !== undefined)
    return { ok: false, faults: [faultAt(beyond.spot, `more than ${MAX_LOOKS} looks`)] };
  if (first?.arms.length === 0 && faults.length === 0)
    faults.push(faultAt({ ...first.spot, field: 'arms' }, 'no counts: at least one arm is needed'));
  for (const arm of raw.common)
    if (arm.fields.visitors ?? arm.fields.conversions)
      faults.push(faultAt(arm.spot, 'counts stand in looks here; leave only names and weights'));

  const names = first === undefined ? [] : readNames(nameWith(first, raw), reader);
  if (names.length > MAX_ARMS && first !== undefined)
    faults.push(faultAt(first.spot, `${names.length} arms; at most ${MAX_ARMS} can be compared`));
  const weights = first === undefined ? [] : readWeights(first.arms, raw.common, reader);
  const moments = readMoments(raw, reader);
  const counted = raw.looks.map((look) =>
    readLook(nameWith(look, raw), names, unit ?? 'visitors', reader),
  );
  const arms = names.map((name, place) => ({ name, weight: weights[place] ?? null }));
  const reference = arms.length === 0 ? 0 : readReference(settings.reference, arms, reader);
  const level = readLevel(raw, reader);
  const values = {
    plannedVisitors: people('plannedVisitors'),
    tunedVisitors: people('tunedVisitors'),
    plannedEffect: number('plannedEffect', { above: 0, below: 100 }),
    smallestEffect: number('smallestEffect', { least: 0, below: 100 }),
    maxOrderValue: number('maxOrderValue', { above: 0 }),
    neededCounts: number('neededCounts', { least: 0 }),
    splitThreshold: number('splitThreshold', { above: 0, below: 1 }),
  };
  if (faults.length > 0 || unit === null || better === null || level === null)
    return { ok: false, faults: inOrder(faults) };
  const looks = counted
    .map((all, place) => ({ atMs: moments.atMs[place] ?? 0, arms: all }))
    .toSorted((a, b) => a.atMs - b.atMs);
  const { timing, startedAtMs, asOfMs } = moments;
  const notes = raw.ignored.map((spot) => describeFault(faultAt(spot, 'not used: unknown field')));
  if (values.plannedVisitors !== null && values.tunedVisitors !== null)
    notes.push('tunedVisitors not used: plannedVisitors says what is planned');
  return {
    ok: true,
    counts: {
      ...{ arms, reference, timing, startedAtMs, asOfMs, looks, unit, better, notes },
      ...{ confidenceLevel: level, ...values },
    },
  };
}

/** The arms of one look in the order of the first. */
function readLook(
  look: RawLook,
  names: readonly string[],
  unit: Unit,
  reader: Reader,
): readonly Counted[] {
  const own = readNames(look, reader);
  const found = new Map(
    look.arms.map((arm, place) => [own[place], readCounted(arm, unit, reader)] as const),
  );
  const missing = names.filter((name) => !found.has(name));
  const extra = own.filter((name) => !names.includes(name));
  if (missing.length > 0 || extra.length > 0) {
    const message = `every look must have the same variations (${names.join(', ')}), here ${own.join(', ')}`;
    reader.fail({ spot: look.spot, value: null, isText: false }, message);
  }
  return names.map((name) => found.get(name) ?? NOTHING);
}

const NOTHING: Counted = { visitors: 0, visits: 0, conversions: 0, orders: 0, revenue: null };

/** Names said once for all looks hold by place. */
const nameWith = (look: RawLook, { common }: RawCounts): RawLook => ({
  ...look,
  arms: look.arms.map((arm, place) => {
    const name = arm.fields.name ?? common[place]?.fields.name;
    return name === undefined ? arm : { ...arm, fields: { ...arm.fields, name } };
  }),
});

function readLevel({ settings }: RawCounts, reader: Reader): number | null {
  const { confidenceLevel, alpha } = settings;
  const hint = ' (0.95, not 95)';
  const level =
    confidenceLevel === undefined
      ? null
      : reader.within(confidenceLevel, { above: 0, below: 1 - SMALLEST_ALPHA }, hint);
  const own =
    alpha === undefined ? null : reader.within(alpha, { least: SMALLEST_ALPHA, below: 1 });
  if (level !== null && own !== null && alpha && Math.abs(1 - level - own) > 1e-9)
    return reader.fail(alpha, `is not 1 - confidenceLevel (${level}); give one of the two`);
  return level ?? (own === null ? 0.95 : 1 - own);
}

/** One fault of one place is enough; where all looks repeat a fault of names, the first tells it. */
function inOrder(faults: readonly Fault[]): readonly Fault[] {
  const told = new Map(faults.map((fault) => [describeFault(fault), fault]));
  const place = ({ line, column }: Fault): number => (line ?? 0) * 1e6 + (column ?? 0);
  return [...told.values()].toSorted((a, b) => place(a) - place(b));
}
