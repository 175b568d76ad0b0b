import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '@/lib/cli/analyse/report';
import { runAnalyse } from '@/lib/cli/analyse/run';
import { analysed, comparisonAt } from '@/tests/unit/core/analysis/builders';

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function said(input: string, ...args: string[]): Said {
  let [out, err] = ['', ''];
  const code = runAnalyse(args, {
    readText: () => input,
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { code, out, err };
}

function reportOn(input: unknown, ...args: string[]): Report {
  const { code, out, err } = said(
    typeof input === 'string' ? input : JSON.stringify(input),
    ...args,
  );
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as Report;
}

/** The faults told, without the name of the source. */
function faultsOf(input: unknown, ...args: string[]): string[] {
  const { code, out, err } = said(
    typeof input === 'string' ? input : JSON.stringify(input, null, 1),
    ...args,
  );
  expect(code).toBe(2);
  expect(out).toBe('');
  return err
    .trimEnd()
    .split('\n')
    .map((line) => line.replace('standard input: ', ''));
}

const arm = (name: string, visitors: number, conversions: number, more = {}) => ({
  ...{ name, visitors, conversions },
  ...more,
});
const CLEAR = { days: 14, arms: [arm('A', 20_000, 1000), arm('B', 20_000, 1250)] };

describe('counts as JSON', () => {
  it('say what a page would say of them', () => {
    const report = reportOn(CLEAR);
    const page = comparisonAt(
      analysed([
        [20_000, 1000],
        [20_000, 1250],
      ]),
      1,
    );
    expect(report.verdict).toMatchObject({ state: 'winner', variation: 'B' });
    expect(report.arms[1]?.comparison).toMatchObject({
      state: 'winner',
      p: page.p,
      liftInterval: page.liftInterval,
      differenceInterval: page.differenceInterval,
    });
    expect(report.arms[1]?.sequence?.pOfThisComparison).toBe(page.p);
  });

  it('have an e-value, one-look figures and chances that say what they are not', () => {
    const [, b] = reportOn(CLEAR).arms;
    expect(b?.sequence?.eValue).toBeCloseTo(1 / (b?.comparison?.p ?? 1), 3);
    expect(b?.fixedHorizon?.note).toContain('valid for one look');
    expect(b?.fixedHorizon?.p).toBeLessThan(b?.comparison?.p ?? 0);
    expect(b?.bayesian?.note).toContain('not corrected for repeated looks');
    expect(b?.bayesian?.chanceToBeatReference).toBeGreaterThan(0.999);
  });

  it('may be called control and treatment, with alpha and Nstar', () => {
    const report = reportOn({
      treatment: { visitors: 5000, conversions: 300 },
      control: { visitors: 5000, conversions: 250 },
      ...{ alpha: 0.05, Nstar: 10_000 },
    });
    expect(report.reference).toBe('control');
    expect(report.arms[1]).toMatchObject({
      name: 'treatment',
      comparison: { state: 'inconclusive' },
    });
    expect(report.arms[1]?.comparison?.p).toBeCloseTo(0.3531656629400145, 9);
  });

  it('may be a case of the reference vectors as it is', () => {
    const file = new URL('../../fixtures/stats/decision.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
      cases: { input: object; expected: { states: string[] } }[];
    };
    for (const one of cases) {
      const report = reportOn(one);
      const states = report.arms.slice(1).map(({ comparison }) => comparison?.state);
      expect(states.map((state) => (state === 'collecting' ? 'not_enough_data' : state))).toEqual(
        one.expected.states,
      );
    }
  });

  it('without days are a winner only if seven have passed, which is said', () => {
    const { verdict, arms } = reportOn({ arms: CLEAR.arms });
    expect(verdict).toMatchObject({ state: 'winner', stateBeforeSevenDays: 'collecting' });
    expect(verdict.reasons.at(-1)).toMatchObject({ kind: 'days-unknown', neededDays: 7 });
    expect(arms[1]?.gates?.days.isOpen).toBeNull();
  });

  it('with three days collect, with the reason', () => {
    const { verdict } = reportOn({ ...CLEAR, days: 3 });
    expect(verdict.state).toBe('collecting');
    expect(verdict.reasons).toMatchObject([{ kind: 'few-days', days: 3, neededDays: 7 }]);
  });

  it('take their days from dates', () => {
    const single = { arms: CLEAR.arms, startedAt: '2026-03-02', asOf: '2026-03-05' };
    expect(reportOn(single).verdict.reasons).toMatchObject([{ kind: 'few-days', days: 3 }]);
    const options = ['--started-at', '2026-03-02', '--as-of', '2026-03-12'];
    expect(reportOn({ arms: CLEAR.arms }, ...options).moment.days).toBe(10);
    expect(faultsOf({ arms: CLEAR.arms }, ...options.slice(0, 2))[0]).toContain('needs asOf');
    const { moment } = reportOn({
      startedAt: '2026-03-02',
      looks: [{ at: '2026-03-12T12:00+02:00', arms: CLEAR.arms }],
    });
    expect(moment.at).toBe('2026-03-12T10:00:00.000Z');
    expect(moment.days).toBeCloseTo(10 + 10 / 24, 9);
  });

  it('are not judged per visit', () => {
    const { verdict } = reportOn({ ...CLEAR, unit: 'visits' });
    expect(verdict).toMatchObject({
      state: 'not-applicable',
      reasons: [{ kind: 'unit-visits' }],
    });
  });

  it('are blocked where visitors do not arrive as configured', () => {
    const weights = [
      arm('A', 22_000, 1000, { weight: 0.5 }),
      arm('B', 20_000, 1250, { weight: 0.5 }),
    ];
    const { verdict, split, arms } = reportOn({ days: 14, arms: weights });
    expect(verdict.state).toBe('blocked');
    expect(split.sequentialP).toBeLessThan(0.01);
    expect(split.chiSquareP).toBeLessThan(0.01);
    expect(arms[1]?.sequence).toBeNull();
  });

  it('say that a split without weights was not checked', () => {
    const { split, checks } = reportOn(CLEAR);
    expect(split).toMatchObject({ sequentialP: null, chiSquareP: null });
    expect(checks[0]?.reasons).toEqual([{ kind: 'split-unknown' }]);
  });

  it('choose their reference, and which way is better', () => {
    expect(reportOn({ ...CLEAR, reference: 'B' }).verdict).toMatchObject({ losers: ['A'] });
    expect(reportOn({ ...CLEAR, better: 'lower' }).verdict).toMatchObject({ losers: ['B'] });
    expect(reportOn(CLEAR, '--reference', 'B').reference).toBe('B');
  });

  it('spend alpha in two parts where an end was planned', () => {
    const { arms, method } = reportOn({ ...CLEAR, plannedVisitors: 80_000 });
    expect(method.plannedVisitors).toBe(80_000);
    expect(arms[1]?.comparison).toMatchObject({ basis: 'sequence' });
    expect(arms[1]?.comparison?.alpha).toBeCloseTo(0.02, 12);
    const done = reportOn({ ...CLEAR, plannedVisitors: 40_000 });
    expect(done.arms[1]?.comparison).toMatchObject({ basis: 'final' });
  });

  it('say how many people a planned effect takes, never from the one that was seen', () => {
    const planned = reportOn({ ...CLEAR, plannedEffect: 0.05 }).arms[1]?.sample?.forPlannedEffect;
    expect(planned?.fixedPeople).toBeGreaterThan(230_000);
    expect(planned?.sequencePeople).toBeGreaterThan(planned?.fixedPeople ?? 0);
    expect(planned?.missingDaysAtThisPace).toBeGreaterThan(100);
    expect(reportOn(CLEAR).arms[1]?.sample?.forPlannedEffect).toBeNull();
  });

  it('carry revenue, about which nothing is significant without a cap', () => {
    const sold = {
      days: 14,
      arms: [
        { name: 'A', visitors: 20_000, purchases: 600, revenue: 48_000 },
        { name: 'B', visitors: 20_000, purchases: 800, revenue: 70_000 },
      ],
    };
    expect(reportOn(sold).arms[1]?.revenue?.comparison?.judgement.kind).toBe('undetermined');
    const capped = reportOn(sold, '--max-order-value', '150').arms[1]?.revenue?.comparison;
    expect(capped?.judgement).toMatchObject({ kind: 'bounded', claim: 'higher' });
  });

  it('take twelve arms, one arm, nobody and a hundred million people', () => {
    const twelve = Array.from({ length: 12 }, (_, i) => arm(`v${i}`, 10_000, 500 + i));
    expect(reportOn({ arms: twelve }).arms[11]?.comparison?.alpha).toBeCloseTo(0.05 / 11, 12);
    expect(reportOn({ arms: [arm('A', 5, 1)] }).verdict.state).toBe('not-applicable');
    const nobody = reportOn({ arms: [arm('A', 0, 0), arm('B', 0, 0)] });
    expect(nobody.verdict.state).toBe('collecting');
    expect(nobody.arms[1]).toMatchObject({ rate: null, sequence: null });
    const huge = reportOn({ arms: [arm('A', 1e8, 5e6), arm('B', 1e8, 6e6)] }).arms[1];
    expect(huge?.comparison?.state).toBe('winner');
    expect(huge?.sequence).toMatchObject({ eValue: null });
    expect(huge?.sequence?.lnEValue).toBeGreaterThan(1000);
  });

  it('say which fields they did not use', () => {
    const { notes } = reportOn({ ...CLEAR, colour: 'red' });
    expect(notes).toEqual([expect.stringMatching(/^line 1, column \d+, colour: not used/)]);
  });

  it('may hold any name', () => {
    const { arms } = reportOn({ arms: [arm('__proto__', 900, 40), arm('قالب', 900, 50)] });
    expect(arms.map(({ name }) => name)).toEqual(['__proto__', 'قالب']);
    expect(arms[1]?.comparison?.lift).toBeCloseTo(0.25, 12);
  });
});

describe('a history of looks', () => {
  const look = (days: number, scale: number, b: number) => ({
    days,
    arms: [arm('A', 4000 * scale, 200 * scale), arm('B', 4000 * scale, b)],
  });

  it('tells when a call was made, confirmed and withdrawn', () => {
    const { calls, looks, call } = reportOn({
      looks: [
        look(3, 1, 210),
        look(8, 5, 1250),
        look(9.5, 6, 1500),
        look(20, 20, 4050),
        look(22, 21, 4250),
      ],
    });
    expect(looks.map(({ state }) => state).slice(0, 2)).toEqual(['inconclusive', 'winner']);
    const events = calls[0]?.events.map(({ kind, moment }) => `${kind} ${moment?.look}`);
    expect(events?.slice(0, 3)).toEqual(['called 2', 'best 2', 'confirmed 3']);
    expect(events).toContain('shaken 4');
    expect(events?.at(-1)).toBe('withdrawn 5');
    expect(call?.withdrawn?.reason).toEqual({ kind: 'fell-back' });
  });

  it('is read in the order of time, not of writing', () => {
    const looks = [look(8, 5, 1250), look(3, 1, 210)];
    expect(reportOn({ looks }).looks.map(({ days }) => days)).toEqual([3, 8]);
  });

  it('without moments knows its order alone', () => {
    const { calls } = reportOn({
      looks: [{ arms: look(0, 1, 210).arms }, { arms: look(0, 5, 1250).arms }],
    });
    expect(calls[0]?.called).toEqual({ look: 2, at: null, days: null });
  });

  it('is the same as CSV', () => {
    const csv = [
      'date;variation;visitors;conversions',
      '2026-03-02;A;4000;200',
      '2026-03-02;B;4000;210',
      '2026-03-12;A;20000;1000',
      '2026-03-12;B;20000;1250',
    ].join('\r\n');
    const json = {
      looks: [
        { at: '2026-03-02', arms: look(0, 1, 210).arms },
        { at: '2026-03-12', arms: look(0, 5, 1250).arms },
      ],
    };
    expect(reportOn(`\uFEFF${csv}\r\n`)).toEqual(reportOn(json));
  });

  it('has one set of variations', () => {
    const [fault] = faultsOf({
      looks: [{ arms: CLEAR.arms }, { arms: [arm('A', 30_000, 1500), arm('C', 30_000, 1600)] }],
    });
    expect(fault).toMatch(
      /looks\[1\]: every look must have the same variations \(A, B\), here A, C/,
    );
  });

  it('needs a moment of each look where one has it', () => {
    const [first, second] = [look(3, 1, 210), { arms: look(8, 5, 1250).arms }];
    expect(faultsOf({ looks: [first, second] })[0]).toContain('looks[1].days: is missing');
    expect(faultsOf({ looks: [first, first] })[0]).toContain('moment of another look');
    expect(faultsOf({ days: 9, looks: [second, second] })[0]).toContain('give each look its own');
  });
});

describe('wrong input', () => {
  it('is told by line, column and field, all faults at once', () => {
    const text = [
      '{"arms": [',
      '  {"name": "A", "visitors": -4, "conversions": 1},',
      '  {"name": "A", "visitors": "5", "conversions": 7.5}',
      '], "alpha": 5, "unit": "people"}',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      'line 2, column 29, arms[0].visitors: must be a whole number of at least 0, is -4',
      'line 3, column 12, arms[1].name: the variation "A" comes twice in one look',
      'line 3, column 29, arms[1].visitors: must be a number, is "5"',
      'line 3, column 49, arms[1].conversions: must be a whole number of at least 0, is 7.5',
      'line 4, column 13, alpha: must be at least 1e-9 and below 1, is 5',
      'line 4, column 24, unit: must be one of visitors, visits, first-visits, is "people"',
    ]);
  });

  it.each([
    [
      '{"arms": [\n  {"visitors": 5,}\n]}',
      'line 2, column 18: not JSON: a field name in quotes expected',
    ],
    ['{"arms": [', 'line 1, column 11: not JSON: a value expected, found the end'],
    ['{"arms": [{"visitors": 05}]}', 'line 1, column 25: not JSON: , expected'],
    ['{} {}', 'line 1, column 4: not JSON: nothing expected after the end'],
    ['{}', 'line 1, column 1, arms: no counts: at least one arm is needed'],
    ['{"arms": []}', 'line 1, column 1, arms: no counts'],
    ['{"arms": 5}', 'line 1, column 10, arms: must be a list of arms, is 5'],
    ['{"looks": []}', 'line 1, column 1, looks: holds no look'],
    ['[1]', 'line 1, column 1: must be an object with "arms" or "looks", is a list'],
    ['', 'the input is empty'],
    ['   \n', 'the input is empty'],
    ['hello', 'line 1, header: has no column variation'],
    ['variation,visitors,conversions\n', 'line 1: the header is all there is'],
  ])('%j is refused', (text, told) => {
    expect(faultsOf(text)[0]).toContain(told);
  });

  it.each([
    [{ arms: [arm('A', 5, 6)] }, 'arms[0].conversions: is 6, more than the 5 visitors'],
    [{ arms: [{ name: 'A', conversions: 6 }] }, 'arms[0].visitors: is missing'],
    [{ arms: [arm('A', 5, 4, { visits: 3 })] }, 'arms[0].visits: is 3, fewer than the 5 visitors'],
    [{ arms: [arm('A', 5, 4, { orders: 3 })] }, 'arms[0].orders: is 3, fewer than the 4'],
    [{ arms: [arm('A', 5, 4, { weight: 1 }), arm('B', 5, 4)] }, 'arms[1].weight: is missing'],
    [{ arms: [arm('A', 5, 4, { weight: -1 })] }, 'arms[0].weight: must be at least 0'],
    [{ arms: [arm('A', 1e300, 4)] }, 'arms[0].visitors: 1e+300 is too large to count'],
    [{ ...CLEAR, confidenceLevel: 95 }, '(0.95, not 95), is 95'],
    [{ ...CLEAR, confidenceLevel: 0.9, alpha: 0.05 }, 'alpha: is not 1 - confidenceLevel'],
    [{ ...CLEAR, reference: 'C' }, 'reference: must be one of the arms (A, B), is "C"'],
    [{ ...CLEAR, days: -1 }, 'days: must be at least 0'],
    [{ ...CLEAR, startedAt: '2026-02-30' }, 'startedAt: must be a date such as'],
    [{ ...CLEAR, better: 'up' }, 'better: must be one of higher, lower'],
    [{ ...CLEAR, plannedVisitors: 0 }, 'plannedVisitors: must be a whole number of at least 1'],
  ])('%j is refused with its field', (input, told) => {
    expect(faultsOf(input).join('\n')).toContain(told);
  });

  it.each([
    ['A,"20,000",1000', 'line 2, visitors: "20,000" has a thousand separator; write 12000'],
    ['A,20,000,1000', 'line 2: has 4 cells where the header has 3; numbers must not hold'],
    ['A,20 000,1000', 'line 2, visitors: "20 000" has a thousand separator'],
    ['A,20.000,1000', 'line 2, visitors: "20.000" has a thousand separator'],
    ['A,2000,x', 'line 2, conversions: must be a number, is "x"'],
    ['A,2000,', 'line 2, conversions: is missing'],
    [',2000,10', 'line 2, variation: is empty'],
    ['A,5,10', 'line 2, conversions: is 10, more than the 5 visitors'],
    ['A,5,1\nA,5,1', 'line 3, variation: the variation "A" comes twice'],
    ['A,"5,1', 'line 2: not CSV'],
  ])('the row %j is refused with its line', (row, told) => {
    expect(faultsOf(`variation,visitors,conversions\n${row}\n`).join('\n')).toContain(told);
  });

  it('names an option that nobody knows', () => {
    expect(faultsOf(CLEAR, '--tabel')).toEqual(['--tabel: no such option; --help lists them']);
    expect(faultsOf(CLEAR, '--days')).toEqual(['--days: needs a value']);
    expect(faultsOf(CLEAR, '--days=soon')).toEqual(['--days: must be a number, is "soon"']);
  });

  it('is JSON exactly where JSON.parse says so', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(), (text, at) => {
        const broken = text.slice(0, at % text.length) + text.slice((at % text.length) + 1);
        const isJson = (() => {
          try {
            JSON.parse(`{"x":${broken}}`);
            return true;
          } catch {
            return false;
          }
        })();
        expect(said(`{"x":${broken}}`).err.includes('not JSON')).toBe(!isJson);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the table', () => {
  it('names units and method, and is never wholly sure', () => {
    const { out } = said(JSON.stringify(CLEAR), '--table');
    expect(out).toContain('Verdict: winner: B');
    expect(out).toContain('confidence sequence at 95%');
    expect(out).toContain('not corrected for repeated looks');
    expect(out).toMatch(/B +20,000 +1,250 +6\.25% +\+25\.0% +\+9\.9% to \+42\.4% +<0\.001 +winner/);
    expect(out).toContain('>99%');
    expect(out).not.toMatch(/\b100%|\b0\.0%/);
  });

  it('keeps its columns under one another', () => {
    const wide = { arms: [arm('A', 900, 40), arm('a very long name', 1_000_000, 50_000)] };
    const rows = said(JSON.stringify(wide), '--table')
      .out.split('\n')
      .filter((line) => / {2}(reference|inconclusive|collecting|State|winner)$/.test(line));
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  it('says what the days leave open', () => {
    const { out } = said(JSON.stringify({ arms: CLEAR.arms }), '--table');
    expect(out).toContain('if 7 full days have passed; before that: collecting');
    expect(out).toContain('the days were not given: not checked');
  });

  it('has nothing to say twice differently', () => {
    const once = said(JSON.stringify(CLEAR), '--table').out;
    expect(said(JSON.stringify(CLEAR), '--table').out).toBe(once);
  });
});

describe('help', () => {
  it('is printed without any input', () => {
    const { code, out, err } = said('', '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('--planned-visitors');
  });
});
