import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import { toWindows } from '@/lib/core/experiment/slice-windows';
import { parseSliceAsk, sliceFields, sliceKey, SLICINGS } from '@/lib/core/experiment/slicing';
import type { SliceAsk } from '@/lib/core/experiment/slicing';
import { dayStartMs, nextDay } from '@/lib/core/time/day-start';

const ID = experimentId('188400');
const read = (fields: Parameters<typeof parseSliceAsk>[1]): SliceAsk => {
  const parsed = parseSliceAsk(ID, fields);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.ask;
};

describe('a closer look in an address', () => {
  it('is the same look when it is read back', () => {
    const day = fc
      .integer({ min: 0, max: 4000 })
      .map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10));
    const range = fc
      .tuple(day, day)
      .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constant(null),
          fc.constantFrom(...SLICINGS, 'custom-0' as const, 'custom-99' as const),
        ),
        fc.constantFrom('visitors' as const, 'visits' as const),
        fc.oneof(fc.constant(null), range),
        fc.oneof(fc.constant(null), range),
        (by, unit, days, leftOut) => {
          const ask = { by, unit, from: days?.from ?? null, to: days?.to ?? null, leftOut };
          expect(read(Object.fromEntries(sliceFields(ask)))).toEqual({ ...ask, experimentId: ID });
        },
      ),
    );
  });

  it.each([
    [{ by: 'planet' }, 'by'],
    [{ by: 'custom-' }, 'by'],
    [{ by: 'custom-100' }, 'by'],
    [{ by: 'custom-01' }, 'by'],
    [{ unit: 'first-visits' }, 'unit'],
    [{ from: '2026-02-30' }, 'from'],
    [{ from: '12 May' }, 'from'],
    [{ to: '2026-13-01' }, 'to'],
    [{ from: '2026-05-02', to: '2026-05-01' }, 'to'],
    [{ out: '2026-05-02' }, 'out'],
    [{ out: '2026-05-02..2026-05-01' }, 'out'],
    [{ out: '2026-05-01..2026-05-02..2026-05-03' }, 'out'],
  ] as const)('that says %o is refused at %s', (fields, field) => {
    expect(parseSliceAsk(ID, fields)).toMatchObject({ ok: false, field });
  });

  it('has a key of its own for each question', () => {
    expect(sliceKey(read({}))).toBe('188400');
    expect(sliceKey(read({ by: 'device', unit: 'visits', out: '2026-05-01..2026-05-02' }))).toBe(
      '188400;by=device;unit=visits;out=2026-05-01..2026-05-02',
    );
  });
});

describe('the beginning of a day', () => {
  it.each([
    ['2026-05-12', 'UTC', '2026-05-12T00:00:00Z'],
    ['2026-05-12', 'Europe/Paris', '2026-05-11T22:00:00Z'],
    ['2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00Z'],
    ['2026-05-12', 'Pacific/Chatham', '2026-05-11T11:15:00Z'],
    // The clocks go forward at midnight: the day begins at one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    // They go back at midnight: the day before has its last hour twice.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00Z'],
  ])('%s in %s is %s', (day, zone, iso) => {
    expect(new Date(dayStartMs(day, zone)).toISOString()).toBe(new Date(iso).toISOString());
  });

  it('follows the calendar', () => {
    expect(nextDay('2026-12-31')).toBe('2027-01-01');
    expect(nextDay('2028-02-28')).toBe('2028-02-29');
  });
});

describe('the stretches of time it counts', () => {
  const life = { startMs: Date.UTC(2026, 4, 1, 9), endMs: Date.UTC(2026, 4, 20, 15) };
  const windows = (fields: Parameters<typeof parseSliceAsk>[1]) =>
    toWindows(read(fields), life, 'UTC')?.map(({ startMs, endMs }) =>
      [startMs, endMs].map((ms) => new Date(ms).toISOString().slice(5, 16)),
    ) ?? null;

  it('are the whole life where no day is named', () => {
    expect(windows({ by: 'device' })).toBeNull();
  });

  it('hold both days that are named, cut to the life', () => {
    expect(windows({ from: '2026-04-01', to: '2026-05-03' })).toEqual([
      ['05-01T09:00', '05-04T00:00'],
    ]);
    expect(windows({ from: '2026-05-19' })).toEqual([['05-19T00:00', '05-20T15:00']]);
  });

  it('lie on both sides of what is left out, on one side at an end, and nowhere in all of it', () => {
    expect(windows({ out: '2026-05-05..2026-05-06' })).toEqual([
      ['05-01T09:00', '05-05T00:00'],
      ['05-07T00:00', '05-20T15:00'],
    ]);
    expect(windows({ out: '2026-04-01..2026-05-06' })).toEqual([['05-07T00:00', '05-20T15:00']]);
    expect(windows({ out: '2026-04-01..2026-06-06' })).toEqual([]);
    expect(windows({ from: '2026-06-01' })).toEqual([]);
  });
});
