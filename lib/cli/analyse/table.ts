import type { Report } from '@/lib/cli/analyse/report';
import { toRevenueLines } from '@/lib/cli/analyse/revenue-table';
import { NONE, align, cells } from '@/lib/cli/analyse/table-cells';
import type { Moment } from '@/lib/cli/analyse/moments';
import { toReasonText } from '@/lib/cli/analyse/reason-text';
import { formatsFor } from '@/lib/core/words/formats';

const { count, limit, wholePercent } = formatsFor('en', 'UTC');
const UNITS = { visitors: 'people', visits: 'visits', 'first-visits': 'first visits' } as const;

/** The analysis for a terminal: plain text, units and method named. */
export function toTable(report: Report): string {
  const blocks = [
    toHead(report),
    toArms(report),
    toPeeking(report),
    toOneLook(report),
    toSample(report),
    toRevenueLines(report),
    toChecks(report),
    toCalls(report),
    report.notes.join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function toHead({ verdict, reference, method, moment }: Report): string {
  const who = verdict.variation ?? verdict.winners.join(', ');
  const why = verdict.reasons.map(toReasonText).filter((text) => text !== '');
  const lines = [`Verdict: ${verdict.state}${who === '' ? '' : `: ${who}`}`];
  if (verdict.losers.length > 0 && verdict.state !== 'loser')
    lines.push(`  worse than the reference: ${verdict.losers.join(', ')}`);
  if (verdict.stateBeforeSevenDays !== verdict.state)
    lines.push(`  if 7 full days have passed; before that: ${verdict.stateBeforeSevenDays}`);
  lines.push(...why.map((text) => `  ${text}`));
  lines.push(
    `Method: confidence sequence at ${limit(method.confidenceLevel)}, holds however often one looks; ${UNITS[method.unit]}; against ${reference ?? NONE}; ${method.better} is better; ${momentText(moment)}`,
  );
  return lines.join('\n');
}

const pairs = ({ arms }: Report) => arms.filter(({ comparison }) => comparison !== null);

function toArms({ arms, method }: Report): string {
  const unit = method.unit === 'visits' ? 'Visits' : 'People';
  return align([
    ['Variation', unit, 'Converted', 'Rate', 'Lift', 'Interval of the lift', 'p', 'State'],
    ...arms.map(({ name, visitors, visits, conversions, rate, comparison, isReference }) => [
      name,
      count(method.unit === 'visits' ? visits : visitors),
      count(conversions),
      cells.rate(rate),
      cells.lift(comparison?.lift ?? null),
      cells.interval(comparison?.liftInterval ?? null),
      cells.p(comparison?.p ?? null),
      isReference ? 'reference' : (comparison?.state ?? 'not compared'),
    ]),
  ]);
}

function toPeeking(report: Report): string {
  const rows = pairs(report);
  if (rows.length === 0) return '';
  const reasons = rows.flatMap(({ name, comparison }) =>
    (comparison?.reasons ?? []).map((reason) => `${name}: ${toReasonText(reason)}`),
  );
  const table = align([
    ['At every look', 'Level', 'Multiplier', 'e-value', 'Expected counts', 'Days'],
    ...rows.map(({ name, comparison, sequence, gates }) => [
      name,
      comparison === null ? NONE : comparison.alpha.toPrecision(3),
      sequence === null ? NONE : sequence.multiplier.toFixed(2),
      cells.e(sequence?.lnEValue ?? null),
      gates === null
        ? NONE
        : gates.counts.isOpen
          ? 'enough'
          : `${wholePercent(gates.counts.progress)} of what is needed`,
      gates?.days.days == null
        ? 'not given'
        : `${Math.floor(gates.days.days)} of ${gates.days.needed}`,
    ]),
  ]);
  return [table, ...reasons].join('\n');
}

function toOneLook(report: Report): string {
  const rows = report.arms.filter(({ bayesian }) => bayesian !== null);
  if (rows.length === 0) return '';
  return [
    align([
      ['At this moment only', 'z', 'p', 'Beats reference', 'Is best', 'Expected loss'],
      ...rows.map(({ name, fixedHorizon, bayesian }) => [
        name,
        fixedHorizon?.z == null ? NONE : fixedHorizon.z.toFixed(2).replace('-', '−'),
        cells.p(fixedHorizon?.p ?? null),
        cells.chance(bayesian?.chanceToBeatReference ?? null),
        cells.chance(bayesian?.chanceToBeBest ?? null),
        cells.loss(bayesian?.expectedLoss ?? null),
      ]),
    ]),
    'Fixed-horizon p (two-sided) and chances are not corrected for repeated looks; they decide nothing.',
  ].join('\n');
}

function toSample(report: Report): string {
  const rows = pairs(report);
  if (rows.every(({ sample }) => sample?.smallestLiftNow == null)) return '';
  return align([
    ['With 80% power', 'People of the pair', 'Finds now', 'Needed for the plan', 'Missing'],
    ...rows.map(({ name, sample }) => [
      name,
      sample === null ? NONE : count(sample.peopleNow),
      sample?.smallestLiftNow == null ? NONE : `±${cells.rate(sample.smallestLiftNow)}`,
      sample?.forPlannedEffect == null ? NONE : count(sample.forPlannedEffect.sequencePeople),
      sample?.forPlannedEffect?.missingPeople == null
        ? NONE
        : count(sample.forPlannedEffect.missingPeople),
    ]),
  ]);
}

function toChecks({ split, checks, method }: Report): string {
  const why = checks.flatMap(({ id, reasons }) =>
    reasons.map((reason) => `  ${id}: ${toReasonText(reason)}`),
  );
  const line =
    split.sequentialP === null
      ? `Traffic split: ${split.state ?? 'not checked'}; p ${NONE}`
      : `Traffic split: ${split.state}; p ${cells.p(split.sequentialP)} at every look (blocks below ${method.splitThreshold}), chi-square p ${cells.p(split.chiSquareP)} of one look`;
  return [line, ...why].join('\n');
}

function toCalls({ calls, looks }: Report): string {
  if (calls.length === 0) return looks.length > 1 ? `Calls over ${looks.length} looks: none` : '';
  return [
    `Calls over ${count(looks.length)} ${looks.length === 1 ? 'look' : 'looks'}:`,
    ...calls.flatMap(({ variation, state, events }) =>
      events.map(
        ({ kind, moment, reason }) =>
          `  ${variation}: ${state} ${kind}, ${momentText(moment)}${reason === null ? '' : ` (${reason.kind})`}`,
      ),
    ),
  ].join('\n');
}

function momentText(moment: Moment | null): string {
  if (moment === null) return NONE;
  const { look, at, days } = moment;
  const parts = [
    look === null ? '' : `look ${count(look)}`,
    at === null ? '' : at.replace('T', ' ').replace(/(:00)?\.000Z$/, ' UTC'),
    days === null ? '' : `day ${Math.floor(days)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
