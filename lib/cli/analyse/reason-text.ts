import { cells } from '@/lib/cli/analyse/table-cells';

type Plain = Readonly<Record<string, unknown>>;

const number = (plain: Plain, field: string): number | null =>
  typeof plain[field] === 'number' ? plain[field] : null;

const TEXTS: Readonly<Record<string, (plain: Plain) => string>> = {
  'split-broken': (plain) =>
    `visitors do not arrive as configured (p ${cells.p(number(plain, 'p'))}): nothing is judged`,
  'zero-weight-arm-has-visitors': (plain) =>
    `${String(plain['variationId'])} has weight 0 and visitors`,
  'split-unknown': () => 'no weights given: the split cannot be checked',
  'counts-fell': (plain) =>
    `counts of ${String(plain['variationId'])} fell: counts must be cumulative`,
  'unit-visits': () => 'visits are counted, and people who come back would count twice',
  'first-visits': () => 'first visits of new people only',
  'no-reference': () => 'nothing to compare with',
  'one-arm': () => 'only one variation',
  'not-started': () => 'nobody has been counted',
  'few-counts': (plain) => {
    const missing = number(plain, 'missing');
    const needed = `at least ${number(plain, 'needed')} conversions and non-conversions are expected of each arm`;
    return missing === null ? needed : `${needed}; about ${cells.count(missing)} people more`;
  },
  'no-conversions': () => 'no conversions yet',
  'few-days': (plain) =>
    `day ${number(plain, 'days')} of the ${number(plain, 'neededDays')} a winner needs`,
  'days-unknown': (plain) =>
    `a winner needs ${number(plain, 'neededDays')} full days, and the days were not given: not checked`,
  'too-small-to-matter': () => 'too small to matter',
  'call-stands': () => 'called on an earlier look; this look alone would not say so',
  'planned-end': () => 'decided by the final look at the planned end',
  'beats-all': () => 'beats every other arm',
  'none-best': () => 'the winners are not told apart',
};

/** A reason in a few words; one that is not known goes by its name. */
export function toReasonText(reason: Plain): string {
  const kind = String(reason['kind']);
  return Object.hasOwn(TEXTS, kind) ? (TEXTS[kind]?.(reason) ?? kind) : kind;
}
