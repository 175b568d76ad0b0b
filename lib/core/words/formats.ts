/**
 * Numbers, dates and durations for one locale and one time zone. Fractions come in, words go out:
 * percent has one decimal, a change is signed with a true minus sign, absolute change is in "pp".
 */
import { createTranslator } from 'use-intl/core';
import { messagesFor } from '@/lib/core/words/messages';

export interface Formats {
  readonly locale: string;
  readonly timeZone: string;
  /** 0.176 -> "+17.6%". What one decimal would round to zero gets as many as it needs: 0.0003 -> "+0.03%", 0.000002 -> "+0.0002%", for a limit that excludes 0 must not read "0.0%". */
  signedPercent(fraction: number): string;
  /** 0.0412 -> "4.1%". */
  percent(fraction: number): string;
  /** How sure something is: "97.2%", and ">99.9%" or "<0.1%" where one decimal would round to certainty. */
  certainty(share: number): string;
  /** A chance or a p: 0.0312 -> "0.031", "<0.001"; never 0. One is told as it is: it is capped there. */
  chance(p: number): string;
  /** Money without a currency: "1,204.50". */
  money(amount: number): string;
  /** A seldom share, with two decimals: 0.0012 -> "0.12%". */
  rarePercent(fraction: number): string;
  /** 0.54 -> "54%". */
  wholePercent(fraction: number): string;
  /** A threshold, as short as it can be: 0.01 -> "1%", 0.005 -> "0.5%". */
  limit(fraction: number): string;
  /** 0.0073 -> "+0.7 pp". */
  points(fraction: number): string;
  /** A difference of rates without a sign, as fine as it must be: 0.0073 -> "0.73 pp". */
  finePoints(fraction: number): string;
  /** 43879 -> "43,879". */
  count(n: number): string;
  /** 2400000 -> "2.4M". */
  shortCount(n: number): string;
  /** "12 May", with the year when it is not that of `nowMs`. */
  day(atMs: number, nowMs: number): string;
  /** "Thursday 12 May"; "4 Jan 2027" when the year is not that of `nowMs`. */
  weekday(atMs: number, nowMs: number): string;
  /** "14:05". */
  time(atMs: number): string;
  /** "12 May, 14:05". */
  moment(atMs: number, nowMs: number): string;
  /** The time alone on the day of `nowMs`, else day and time. */
  near(atMs: number, nowMs: number): string;
  /** To the second, with the zone: "12 May 2026, 14:05:33 (Europe/Paris)". */
  exact(atMs: number): string;
  /** 42000 -> "42 s". Whole units, rounded down. */
  duration(ms: number): string;
  list(names: readonly string[]): string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const cache = new Map<string, Formats>();

export function formatsFor(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const known = cache.get(key);
  if (known) return known;
  const made = createFormats(locale, timeZone);
  cache.set(key, made);
  return made;
}

/** `en` alone would give "May 12" and "2:05 PM"; the pages say "12 May, 14:05". */
const regionOf = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

function createFormats(locale: string, timeZone: string): Formats {
  const region = regionOf(locale);
  const number = (options: Intl.NumberFormatOptions): ((n: number) => string) => {
    const format = new Intl.NumberFormat(region, options);
    return (n) => format.format(n).replace('-', '−');
  };
  const date = (options: Intl.DateTimeFormatOptions): ((ms: number) => string) => {
    const format = new Intl.DateTimeFormat(region, { timeZone, hourCycle: 'h23', ...options });
    return (ms) => format.format(ms);
  };
  const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const units = createTranslator({ locale, messages: messagesFor(locale), namespace: 'units' });

  const year = date({ year: 'numeric' });
  const dayOnly = date({ day: 'numeric', month: 'short' });
  const dayWithYear = date({ day: 'numeric', month: 'short', year: 'numeric' });
  const dayAndTime = date({ day: 'numeric', month: 'short', ...clock });
  const dayAndTimeWithYear = date({ day: 'numeric', month: 'short', year: 'numeric', ...clock });
  const weekday = date({ weekday: 'long', day: 'numeric', month: 'short' });
  const toTheSecond = date({ dateStyle: 'medium', timeStyle: 'medium' });
  const time = date(clock);
  const signed = number({ style: 'decimal', signDisplay: 'exceptZero', ...oneDecimal });
  const percent = number({ style: 'percent', ...oneDecimal });
  const threeDigits = number({ maximumFractionDigits: 3 });
  const twoDigits = number({ maximumFractionDigits: 2, minimumFractionDigits: 2 });
  const signedPercent = (decimals: number): ((n: number) => string) =>
    number({
      style: 'percent',
      signDisplay: 'exceptZero',
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  const [oneDecimalPercent, twoDecimalPercent, threeDecimalPercent] = [
    signedPercent(1),
    signedPercent(2),
    signedPercent(3),
  ];
  const firstDigit = number({
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumSignificantDigits: 1,
  });
  // Below a billionth it is the noise of the arithmetic.
  const firstDigitPercent = (n: number): string =>
    Math.abs(n) < 1e-9 ? oneDecimalPercent(0) : firstDigit(n);
  const names = new Intl.ListFormat(region, { type: 'conjunction' });

  // Plain `en` writes "2.4M" where `en-GB` writes "2.4m".
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

  const moment = (atMs: number, nowMs: number): string =>
    year(atMs) === year(nowMs) ? dayAndTime(atMs) : dayAndTimeWithYear(atMs);

  return {
    locale,
    timeZone,
    signedPercent: (fraction) =>
      [oneDecimalPercent, twoDecimalPercent, threeDecimalPercent]
        .map((format) => format(fraction))
        .find((text) => /[1-9]/.test(text)) ?? firstDigitPercent(fraction),
    percent,
    certainty: (share) => {
      if (share >= 0.9995) return `>${percent(0.999)}`;
      return share < 0.0005 ? `<${percent(0.001)}` : percent(share);
    },
    chance: (p) => {
      if (p < 0.001) return `<${threeDigits(0.001)}`;
      return p >= 0.9995 && p < 1 ? `>${threeDigits(0.999)}` : threeDigits(p);
    },
    money: twoDigits,
    rarePercent: number({
      style: 'percent',
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    }),
    wholePercent: number({ style: 'percent', maximumFractionDigits: 0 }),
    limit: number({ style: 'percent', maximumFractionDigits: 1 }),
    points: (fraction) => units('points', { value: signed(fraction * 100) }),
    finePoints: (fraction) => units('points', { value: twoDigits(Math.abs(fraction) * 100) }),
    count: number({ maximumFractionDigits: 0 }),
    shortCount: (n) => compact.format(n),
    day: (atMs, nowMs) => (year(atMs) === year(nowMs) ? dayOnly(atMs) : dayWithYear(atMs)),
    weekday: (atMs, nowMs) => (year(atMs) === year(nowMs) ? weekday(atMs) : dayWithYear(atMs)),
    time,
    moment,
    near: (atMs, nowMs) =>
      dayWithYear(atMs) === dayWithYear(nowMs) ? time(atMs) : moment(atMs, nowMs),
    exact: (atMs) => units('exact', { moment: toTheSecond(atMs), zone: timeZone }),
    duration(ms) {
      const { unit, n } = toWholeUnits(ms);
      return units(unit, { n });
    },
    list: (items) => names.format(items),
  };
}

function toWholeUnits(ms: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; n: number } {
  const whole = Math.max(0, ms);
  if (whole < MINUTE_MS) return { unit: 'seconds', n: Math.floor(whole / 1000) };
  if (whole < HOUR_MS) return { unit: 'minutes', n: Math.floor(whole / MINUTE_MS) };
  if (whole < 2 * DAY_MS) return { unit: 'hours', n: Math.floor(whole / HOUR_MS) };
  return { unit: 'days', n: Math.floor(whole / DAY_MS) };
}
