import type { Checks } from '@/lib/sandbox/api/checks';
import { toShown } from '@/lib/sandbox/api/shown';
import { isObject, type Row } from '@/lib/sandbox/state/row';

/** `origin` and variation ids -> share, 0 to 1. */
export type Split = Readonly<Record<string, number>>;

/** How far the sum may be off 1: live splits of three have 0.9999. */
const TOLERANCE = 0.01;

export const toKeys = (variations: readonly number[]): string[] => [
  'origin',
  ...variations.map(String),
];

/** The shares of these keys; a newcomer has nothing. */
export function cutSplit(split: Split, keys: readonly string[]): Split {
  return Object.fromEntries(
    keys.map((key) => [key, (Object.hasOwn(split, key) ? split[key] : undefined) ?? 0]),
  );
}

/**
 * The current split with what was sent laid over it; shares may be sent as texts. Who names variations only, as the
 * published request for a status with a share does, leaves the rest to the original.
 */
export function mergeSplit(current: Split, sent: unknown, checks: Checks): Split {
  const merged = new Map(Object.entries(current));
  if (sent !== undefined && sent !== null && checks.isRecord(sent, 'deviations')) {
    for (const [key, value] of Object.entries(sent)) {
      const path = `deviations.${toShown(key)}`;
      const share = toShare(value);
      if (!merged.has(key)) checks.fault(path, 'is neither origin nor one of the variations');
      else if (share === undefined) checks.fault(path, 'must be a number from 0 to 1');
      else merged.set(key, share);
    }
  }
  const split = Object.fromEntries(merged);
  if (!isObject(sent) || Object.hasOwn(sent, 'origin') || isWhole(toSum(split))) return split;
  const rest = 1 - (toSum(split) - (split['origin'] ?? 0));
  return rest < 0 ? split : { ...split, origin: Number(rest.toFixed(8)) };
}

export function checkSum(split: Split, checks: Checks): void {
  const sum = toSum(split);
  if (!isWhole(sum))
    checks.fault('deviations', `must add up to 1, not to ${Number(sum.toFixed(4))}`);
}

const toSum = (split: Split): number => Object.values(split).reduce((all, one) => all + one, 0);
const isWhole = (sum: number): boolean => Math.abs(sum - 1) <= TOLERANCE + 1e-9;

/** A share as sent, 0 to 1; undefined when it is none. */
export function toShare(value: unknown): number | undefined {
  const isNumeric = typeof value === 'string' && /^\d*\.?\d+([eE]-?\d+)?$/.test(value.trim());
  const share = isNumeric ? Number(value) : value;
  return typeof share === 'number' && share >= 0 && share <= 1 ? share : undefined;
}

/** Without one variation: the others share out what it had, in proportion; the original takes it if they have nothing. */
export function withoutKey(split: Split, gone: string): Split {
  const rest = Object.entries(split).filter(([key]) => key !== gone);
  const sum = rest.reduce((all, [, share]) => all + share, 0);
  if (split[gone] === 0) return Object.fromEntries(rest);
  if (sum === 0) return { ...Object.fromEntries(rest), origin: 1 };
  return Object.fromEntries(rest.map(([key, share]) => [key, share / sum]));
}

/** Epoch seconds of each key's last change: now for what changed, as sent (or as it was) for the rest. */
export function toRespoolTimes(
  before: Row,
  split: Split,
  sent: unknown,
  nowMs: number,
  checks: Checks,
): Row {
  const [was, times] = [toSplit(before['deviations']), toSplit(before['respoolTime'])];
  const told = readTimes(sent, checks);
  return Object.fromEntries(
    Object.entries(split).map(([key, share]) => {
      const isChanged = !Object.hasOwn(was, key) || was[key] !== share;
      if (isChanged) return [key, Math.floor(nowMs / 1000)];
      return [key, told.get(key) ?? times[key] ?? Math.floor(nowMs / 1000)];
    }),
  );
}

function readTimes(sent: unknown, checks: Checks): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  if (sent === undefined || sent === null || !checks.isRecord(sent, 'respoolTime')) return times;
  for (const [key, value] of Object.entries(sent)) {
    if (typeof value === 'number' && value >= 0) times.set(key, value);
    else checks.fault(`respoolTime.${toShown(key)}`, 'must be a number of seconds');
  }
  return times;
}

/** Rows hold maps of numbers here: they were checked on their way in. */
export const toSplit = (value: unknown): Split => (isObject(value) ? (value as Split) : {});

/** Rows hold lists of ids here. */
export const toIds = (value: unknown): readonly number[] =>
  Array.isArray(value) ? (value as readonly number[]) : [];
