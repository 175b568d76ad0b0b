import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinLooks } from '@/lib/core/analysis/thin-looks';
import { experimentId } from '@/lib/core/experiment/ids';
import type { Look, Unit } from '@/lib/core/experiment/snapshot';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 2, 2, 9, 30);

interface Made {
  readonly atMs: number;
  readonly source?: Look['source'];
  readonly unit?: Unit;
}

const aLook = ({ atMs, source = 'live', unit = 'visitors' }: Made): Look => ({
  snapshot: { experimentId: experimentId(1), asOfMs: atMs, unit, arms: [] },
  source,
});

const every = (stepMs: number, days: number): readonly Look[] =>
  Array.from({ length: Math.floor((days * DAY_MS) / stepMs) }, (_, at) =>
    aLook({ atMs: START_MS + at * stepMs }),
  );

const NOBODY: ReadonlySet<number> = new Set();
const timesOf = (looks: readonly Look[]): number[] => looks.map(({ snapshot }) => snapshot.asOfMs);

/** What stays. */
const thinned = (
  looks: readonly Look[],
  nowMs: number,
  citedMs = NOBODY,
  liftOf?: (look: Look) => number | null,
): readonly Look[] => {
  const options = { citedMs, nowMs, startedAtMs: START_MS, ...(liftOf && { liftOf }) };
  const gone = new Set(thinLooks(looks, options));
  return looks.filter((look) => !gone.has(look));
};

describe('thinned looks', () => {
  it('are all of two days, then one an hour, six hours, a day', () => {
    const looks = every(10 * 60_000, 100);
    const nowMs = START_MS + 100 * DAY_MS;
    const ages = timesOf(thinned(looks, nowMs)).map((atMs) => (nowMs - atMs) / DAY_MS);
    const within = (from: number, to: number): number =>
      ages.filter((age) => age >= from && age < to).length;
    expect(within(0.5, 1.5)).toBe(144);
    expect(within(3, 13)).toBe(10 * 24);
    expect(within(15, 59)).toBe(44 * 4);
    expect(within(62, 99)).toBe(37);
  });

  it('keep the lowest and the highest lift of a stretch', () => {
    const looks = every(60 * 60_000, 100);
    const low = START_MS + 5.25 * DAY_MS;
    const high = START_MS + 5.5 * DAY_MS;
    const liftOf = ({ snapshot: { asOfMs } }: Look): number =>
      asOfMs === low ? -0.3 : asOfMs === high ? 0.4 : 0.01;
    const nowMs = START_MS + 100 * DAY_MS;
    expect(timesOf(thinned(looks, nowMs, NOBODY, liftOf))).toEqual(
      expect.arrayContaining([low, high]),
    );
    expect(timesOf(thinned(looks, nowMs))).not.toContain(low);
  });

  it('of one kind do not stand for those of another', () => {
    const people = every(HOUR_MS, 1);
    const firsts = people.map(({ snapshot }) =>
      aLook({ atMs: snapshot.asOfMs + 1, unit: 'first-visits' }),
    );
    const both = [...people, ...firsts];
    const kept = thinned(both, START_MS + 200 * DAY_MS);
    expect(kept.filter(({ snapshot }) => snapshot.unit === 'visitors')).toHaveLength(2);
    expect(kept.filter(({ snapshot }) => snapshot.unit === 'first-visits')).toHaveLength(2);
  });
});

describe('thinning', () => {
  const made = fc.record({
    atMs: fc.integer({ min: START_MS, max: START_MS + 90 * DAY_MS }),
    source: fc.constantFrom<Look['source']>('live', 'live', 'live', 'backfill'),
    unit: fc.constantFrom<Unit>('visitors', 'visitors', 'first-visits'),
  });
  const world = fc.record({
    looks: fc
      .uniqueArray(made, { selector: ({ atMs }) => atMs, minLength: 1, maxLength: 120 })
      .map((all) => all.map(aLook)),
    nowMs: fc.integer({ min: START_MS, max: START_MS + 300 * DAY_MS }),
    cited: fc.func(fc.boolean()),
    lift: fc.func(fc.option(fc.integer({ min: -5, max: 5 }))),
  });
  const setUp = ({ looks, cited, lift }: Pick<World, 'looks' | 'cited' | 'lift'>) => ({
    citedMs: new Set(timesOf(looks).filter((atMs) => cited(atMs))),
    liftOf: (look: Look): number | null => lift(look.snapshot.asOfMs),
  });
  interface World {
    readonly looks: readonly Look[];
    readonly nowMs: number;
    readonly cited: (atMs: number) => boolean;
    readonly lift: (atMs: number) => number | null;
  }

  it('never lets go of a look that is cited, was bought, or is the first or last of its kind', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { looks, nowMs } = given;
        const { citedMs, liftOf } = setUp(given);
        const kept = new Set(thinned(looks, nowMs, citedMs, liftOf));
        for (const look of looks)
          if (look.source === 'backfill' || citedMs.has(look.snapshot.asOfMs))
            expect(kept).toContain(look);
        for (const unit of ['visitors', 'first-visits']) {
          const own = looks
            .filter((look) => look.source === 'live' && look.snapshot.unit === unit)
            .toSorted((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs);
          for (const look of [...own.slice(0, 1), ...own.slice(-1)]) expect(kept).toContain(look);
        }
      }),
    );
  });

  it('twice is thinning once', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { citedMs, liftOf } = setUp(given);
        const once = thinned(given.looks, given.nowMs, citedMs, liftOf);
        expect(thinned(once, given.nowMs, citedMs, liftOf)).toEqual(once);
      }),
    );
  });

  it('later keeps nothing that thinning earlier let go of, whether or not it was done', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 100 * DAY_MS }), (given, laterMs) => {
        const { looks, nowMs } = given;
        const { citedMs, liftOf } = setUp(given);
        const before = thinned(looks, nowMs, citedMs, liftOf);
        const after = thinned(looks, nowMs + laterMs, citedMs, liftOf);
        expect(new Set(before)).toEqual(new Set([...before, ...after]));
        expect(thinned(before, nowMs + laterMs, citedMs, liftOf)).toEqual(after);
      }),
    );
  });

  it('does not mind the order in which looks come', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { citedMs, liftOf } = setUp(given);
        const one = thinned(given.looks, given.nowMs, citedMs, liftOf);
        const other = thinned(given.looks.toReversed(), given.nowMs, citedMs, liftOf);
        expect(new Set(other)).toEqual(new Set(one));
      }),
    );
  });
});
