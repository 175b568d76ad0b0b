/**
 * Numbers and moments as the pictures write them: the words' own formats, bound to one present, and the few that only
 * axes and rates need. Signed percents carry a true minus sign, so that columns of figures align.
 */
import { formatsFor } from '@/lib/core/words/formats';

export interface Figures {
  readonly timeZone: string;
  /** Relative change: "+17.6%". */
  readonly change: (share: number) => string;
  /** A rate: "4.85%". */
  readonly rate: (share: number) => string;
  /** A confidence level: "95%". */
  readonly level: (share: number) => string;
  /** ">99.9%" and "<0.1%" where one decimal would round to certainty. */
  readonly reliability: (share: number) => string;
  readonly count: (count: number) => string;
  /** Axis labels; decimals as the step needs. */
  readonly changeTick: (share: number, decimals: number) => string;
  readonly rateTick: (share: number, decimals: number) => string;
  /** "12 May". */
  readonly date: (atMs: number) => string;
  /** "12 May, 14:05". */
  readonly moment: (atMs: number) => string;
}

/** `presentMs` decides whether a date needs its year. */
export function createFigures(locale: string, timeZone: string, presentMs: number): Figures {
  const formats = formatsFor(locale, timeZone);
  const percent = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, { style: 'percent', ...options });
    return (share: number) => format.format(share).replace('-', '\u2212');
  };
  const fixed = (decimals: number, options: Intl.NumberFormatOptions = {}) =>
    percent({ minimumFractionDigits: decimals, maximumFractionDigits: decimals, ...options });
  const decimals = [0, 1, 2, 3, 4];
  const changeTicks = decimals.map((digits) => fixed(digits, { signDisplay: 'exceptZero' }));
  const rateTicks = decimals.map((digits) => fixed(digits));
  return {
    timeZone,
    change: formats.signedPercent,
    rate: fixed(2),
    level: percent({ maximumFractionDigits: 1 }),
    reliability: formats.certainty,
    count: formats.count,
    changeTick: (share, digits) => (changeTicks[digits] ?? formats.signedPercent)(share),
    rateTick: (share, digits) => (rateTicks[digits] ?? formats.percent)(share),
    date: (atMs) => formats.day(atMs, presentMs),
    moment: (atMs) => formats.moment(atMs, presentMs),
  };
}
