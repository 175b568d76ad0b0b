import { describe, expect, it } from 'vitest';
import { ORIGINAL } from '@/lib/core/experiment/ids';
import { isProblemError } from '@/lib/core/problem/problem';
import { toReportBody } from '@/lib/server/kameleoon/report-body';
import { toSnapshot } from '@/lib/server/kameleoon/translate-report';
import { wireReport } from '@/lib/server/kameleoon/wire';
import { B, GOAL, aRequest } from './builders';

interface Row {
  readonly visits: number | null;
  readonly visitors: number | null;
  readonly converted: number;
}
type Arms = Readonly<Record<string, Readonly<Record<string, Row>>>>;

const NEW: Row = { visits: 800, visitors: 800, converted: 40 };
const RETURNING: Row = { visits: 300, visitors: 180, converted: 25 };
const request = aRequest({ unit: 'first-visits' });

/** A report by rows, as the API would give it. */
const report = (arms: Arms) => ({
  variationData: Object.fromEntries(
    Object.entries(arms).map(([arm, rows]) => [
      arm,
      {
        breakdownData: Object.fromEntries(
          Object.entries(rows).map(([row, { visits, visitors, converted }]) => [
            row,
            {
              generalData: {
                visitCount: visits,
                visitorCount: visitors,
                goalsData: {
                  [GOAL]: {
                    conversionCount: converted + 5,
                    convertedVisitCount: converted,
                    conversionRate: visits ? (100 * converted) / visits : 0,
                    improvementRate: 12,
                    reliability: 97,
                  },
                },
              },
            },
          ]),
        ),
      },
    ]),
  ),
});

const read = (arms: Arms, more: Partial<typeof request> = {}) =>
  toSnapshot(wireReport.parse(report(arms)), { ...request, ...more }, 42);

const refusal = (arms: Arms): string => {
  try {
    read(arms);
  } catch (error) {
    if (isProblemError(error) && error.problem.code === 'upstream-rejected')
      return error.problem.detail;
    throw error;
  }
  return expect.fail('it was believed');
};

describe('the body of a request for first visits', () => {
  it('breaks down by new visitors and asks for visits, so that nothing hangs on what people mean', () => {
    expect(toReportBody(request)).toEqual({
      goalsIds: [312001],
      referenceVariationId: '0',
      visitorData: false,
      allVariationsData: true,
      conversionType: 'CONVERTED_VISITS',
      breakdown: { type: 'NEW_VISITOR' },
    });
  });

  it('begins at the first whole second after the moment it is asked since', () => {
    const sinceMs = Date.UTC(2026, 4, 6, 8, 0, 0, 1);
    expect(toReportBody({ ...request, sinceMs, endMs: Date.UTC(2026, 4, 9) })).toMatchObject({
      dateIntervals: [{ start: '2026-05-06T08:00:01', end: '2026-05-09T00:00:00' }],
    });
    const snapshot = read({ _reference: { NEW }, [B]: { NEW } }, { sinceMs });
    expect(snapshot.sinceMs).toBe(Date.UTC(2026, 4, 6, 8, 0, 1));
  });
});

describe('a snapshot of first visits', () => {
  it.each([
    ['NEW', 'RETURNING'],
    ['new visitors', 'returning visitors'],
    ['NEW_VISITOR', 'RETURNING_VISITOR'],
    ['true', 'false'],
  ])('is made of the row %s alone', (first, later) => {
    const snapshot = read({
      _reference: { [first]: NEW, [later]: RETURNING },
      [B]: { [later]: RETURNING, [first]: { ...NEW, converted: 55 } },
    });
    expect(snapshot).toMatchObject({ unit: 'first-visits', asOfMs: 42 });
    expect('sinceMs' in snapshot).toBe(false);
    expect(snapshot.arms).toMatchObject([
      { variationId: ORIGINAL, visitors: 800, visits: 800, goals: { [GOAL]: { converted: 40 } } },
      { variationId: B, visitors: 800, visits: 800, goals: { [GOAL]: { converted: 55 } } },
    ]);
  });

  it('holds none of the figures of the platform, which are those of new visitors alone', () => {
    const { arms } = read({ _reference: { NEW }, [B]: { NEW, RETURNING } });
    for (const arm of arms)
      expect(arm.goals[GOAL]?.platform).toEqual({ rate: null, lift: null, reliability: null });
  });

  it('holds zeros for an arm that nobody new has seen yet', () => {
    const { arms } = read({ _reference: { NEW, RETURNING }, [B]: { RETURNING } });
    expect(arms[1]).toMatchObject({ visitors: 0, visits: 0 });
    const none = read({ _reference: { RETURNING }, [B]: {} });
    expect(none.arms.map(({ visitors }) => visitors)).toEqual([0, 0]);
    expect(read({}).arms.map(({ visitors }) => visitors)).toEqual([0, 0]);
  });

  it.each<[string, Arms, RegExp]>([
    ['a breakdown that was ignored', { _reference: { _reference: NEW } }, /no row of new visitors/],
    [
      'rows of other names',
      { _reference: { A: NEW, B: RETURNING }, [B]: { A: NEW } },
      /no row of new visitors \(A, B\)/,
    ],
    [
      'new people with all their visits',
      { _reference: { NEW }, [B]: { NEW: { ...NEW, visits: 801 } } },
      /801 visits of 800 new visitors/,
    ],
    [
      'a row of which only visits are known',
      { _reference: { NEW: { ...NEW, visitors: null } } },
      /of null new visitors/,
    ],
    [
      'two rows of new visitors',
      { _reference: { NEW }, [B]: { NEW_VISITORS: NEW } },
      /more than one/,
    ],
  ])('is not made of %s: first visits are not to be had then', (_, arms, words) => {
    expect(refusal(arms)).toMatch(words);
  });

  it('is not made of more converted visits than visits', () => {
    expect(() => read({ _reference: { NEW }, [B]: { NEW: { ...NEW, converted: 801 } } })).toThrow(
      /more converted than visits/,
    );
  });
});
