import { describe, expect, it } from 'vitest';
import {
  parseView,
  toAsked,
  viewSearch,
  withFilter,
} from '@/components/experiment/list/list-address';
import {
  countMoves,
  groupRows,
  holdOrder,
  toOrder,
  type Place,
} from '@/components/experiment/list/group-rows';
import { momentOf, toRow } from '@/components/experiment/list/to-row';
import { toSparkline } from '@/components/experiment/list/to-sparkline';
import { arrived } from '@/components/experiment/list/use-list-view';
import { toDials } from '@/components/experiment/to-dials';
import { FIRST_VIEW, NO_FILTER } from '@/lib/core/live/list-ask';
import { STALE_AFTER_MS } from '@/lib/core/live/reading';
import { toStanding } from '@/lib/core/words/standing';
import { formatsFor } from '@/lib/core/words/formats';
import { createPlainWords } from '@/lib/core/words/say';
import { galleryReadings } from '@/tests/builders/gallery';
import { aCall, anExperiment, DAY_MS, NOW_MS, START_MS, aReading } from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');
const pages = galleryReadings();
const states = Object.keys(pages);
const readings = Object.values(pages).map(({ reading }) => reading);
const rows = readings.map((reading) => toRow(reading, NOW_MS, formats));
const standings = readings.map(toStanding);
const row = (state: string) => rows[states.indexOf(state)]!;

describe('rows', () => {
  it('stand where something is to be done about them', () => {
    expect(
      Object.fromEntries(states.map((state, at) => [state, standings[at]?.group])),
    ).toMatchObject({
      harm: 'act-now',
      blocked: 'act-now',
      loserAside: 'act-now',
      winner: 'decide',
      severalWinners: 'decide',
      noDifference: 'decide',
      fewDays: 'close',
      fewCounts: 'running',
      inconclusive: 'running',
      waiting: 'unread',
      paused: 'at-rest',
      stopped: 'at-rest',
      draft: 'at-rest',
      bandit: 'at-rest',
    });
  });

  it('never show a lift without its interval, nor one on broken data', () => {
    for (const each of rows) if (each.lift !== null) expect(each.range).not.toBeNull();
    expect(row('winner')).toMatchObject({ lift: '+17.6%' });
    expect(plain(row('winner').range!)).toBe('+5.1% to +31.5%');
    expect(row('blocked')).toMatchObject({ lift: null, picture: { kind: 'withheld' } });
    expect(row('fewCounts').picture).toMatchObject({ kind: 'gate', share: 0.63 });
  });

  it('tint harm alone, and never what is old', () => {
    expect(rows.filter((each) => each.isHarm).map((each) => each.key)).toEqual([row('harm').key]);
    expect(row('stale').tag.tone).toBe('quiet');
  });
});

describe('the order', () => {
  const place = (key: string, group: Place['group']): Place => ({ key, group });

  it('puts harm first and goes by name', () => {
    const grouped = groupRows(toOrder(standings, 'en'));
    expect(grouped.map(({ group }) => group)).toEqual([
      'act-now',
      'decide',
      'close',
      'running',
      'unread',
      'at-rest',
    ]);
    const shapes = new Map(standings.map(({ key, shape }) => [key, shape]));
    const first = grouped[0]?.keys.map((key) => shapes.get(key)) ?? [];
    expect(new Set(first.slice(0, first.indexOf('octagon')))).toContain('down');
    expect(first.slice(first.indexOf('octagon'))).not.toContain('down');
  });

  it('holds while one reads, and offers what would move', () => {
    const held = [place('a', 'decide'), place('b', 'running'), place('c', 'running')];
    const fresh = [place('b', 'act-now'), place('a', 'decide'), place('c', 'running')];
    const shown = holdOrder(held, fresh);
    expect(shown).toEqual(held);
    expect(countMoves(shown, fresh)).toBe(1);
    expect(countMoves(fresh, fresh)).toBe(0);
  });

  it('lets in what is new or read for the first time, and lets go what vanished', () => {
    const held = [place('a', 'decide'), place('gone', 'running'), place('cold', 'unread')];
    const fresh = [place('new', 'act-now'), place('cold', 'decide'), place('a', 'decide')];
    expect(holdOrder(held, fresh)).toEqual(fresh);
  });

  it('counts a swap as one move', () => {
    const [a, b, c] = [place('a', 'running'), place('b', 'running'), place('c', 'running')];
    expect(countMoves([a, b, c], [c, a, b])).toBe(1);
  });
});

describe('the view', () => {
  const filter = { search: 'café & co', project: '12', status: 'paused' };

  it('lives in the address', () => {
    const view = { filter, rows: 400, rest: 70 };
    expect(parseView(new URLSearchParams(viewSearch(view)))).toEqual(view);
    expect(viewSearch(FIRST_VIEW)).toBe('');
  });

  it('makes the best of an address that was mistyped', () => {
    const search = new URLSearchParams('project=Bank&status=gone&rest=21&rows=99999');
    expect(parseView(search)).toEqual({ filter: NO_FILTER, rows: 1_000, rest: 70 });
    expect(parseView(new URLSearchParams('rest=-1&rows=x'))).toEqual(FIRST_VIEW);
    expect(parseView(new URLSearchParams({ find: 'x'.repeat(300) })).filter.search).toHaveLength(
      200,
    );
  });

  it('begins anew with another filter', () => {
    const shown = { filter, rows: 400, rest: 70 };
    expect(withFilter(shown, { status: '' })).toEqual({
      ...FIRST_VIEW,
      filter: { ...filter, status: '' },
    });
  });

  it('asks the same for the same words, however they are spaced', () => {
    const asked = (search: string) => toAsked({ ...FIRST_VIEW, filter: { ...NO_FILTER, search } });
    expect(asked('  hero   page ')).toEqual(asked('hero page'));
    expect(asked(' ')).toEqual(FIRST_VIEW);
  });

  it('knows its own letters from an address that came from elsewhere', () => {
    const typed = { seen: '', onTheWay: ['l', 'lo', 'loa'] };
    expect(arrived(typed, 'lo')).toEqual({ seen: 'lo', onTheWay: ['loa'] });
    expect(arrived({ seen: 'loa', onTheWay: [] }, '')).toEqual({ seen: '', onTheWay: [] });
  });
});

describe('a row and the time', () => {
  const minutes = Array.from({ length: 4 * 60 }, (_, minute) => NOW_MS + minute * 60_000);

  it.each(states)('never shows by its own slow clock what the real one would not: %s', (state) => {
    const { reading } = pages[state]!;
    const staleMs = (reading.freshness.asOfMs ?? 0) + STALE_AFTER_MS;
    for (const nowMs of [...minutes, staleMs, staleMs + 1])
      expect(toRow(reading, momentOf(reading, nowMs), formats)).toEqual(
        toRow(reading, nowMs, formats),
      );
    // Four hours: sixteen quarters and the moment it became stale.
    const moments = new Set(minutes.map((nowMs) => momentOf(reading, nowMs)));
    expect(moments.size).toBeLessThanOrEqual(17);
  });
});

describe('what has not been read back yet', () => {
  it('says so where its figures would be', () => {
    const unread = aReading({
      experiment: { status: 'stopped', endedAtMs: Date.UTC(2026, 3, 2) },
      analysis: null,
      freshness: { state: 'waiting', asOfMs: null },
    });
    const { line, range, countedMs, picture } = toRow(unread, NOW_MS, formats);
    expect(plain(line)).toBe('Stopped 2 Apr');
    expect(plain(range!)).toBe('not read back yet');
    expect([countedMs, picture.kind]).toEqual([null, 'none']);
  });
});

describe('the sparkline', () => {
  const at = (
    points: readonly (readonly [number, number | null, number | null, number | null])[],
  ) => toSparkline(aReading({ sparkline: { variationId: null, points } }), NOW_MS);

  it('uses one scale: 30 % is the top, zero the middle, 28 days the width', () => {
    const picture = at([
      [START_MS, 0.3, 0.2, 0.4],
      [START_MS + 14 * DAY_MS, 0, -0.1, 0.1],
    ]);
    expect(picture).toMatchObject({ zeroY: 18, line: 'M3 0L75 18', end: { x: 75, y: 18 } });
  });

  it('ends with the data of what was stopped, and so does the age of its row', () => {
    const stopped = aReading({
      experiment: { status: 'stopped', endedAtMs: NOW_MS - 8 * DAY_MS },
      freshness: { state: 'at-rest', asOfMs: NOW_MS },
      analysis: { call: aCall({ calledAtMs: NOW_MS }) },
      sparkline: { variationId: null, points: [[NOW_MS, 0, -0.1, 0.1]] },
    });
    expect(toSparkline(stopped, NOW_MS)).toMatchObject({ end: { x: 75 }, callX: 75 });
    expect(toRow(stopped, NOW_MS, formats).countedMs).toBe(NOW_MS - 8 * DAY_MS);
  });

  it('draws a missing limit beyond the scale, and nothing without points', () => {
    expect(at([[START_MS, 0.1, -0.1, null]])?.band).toBe('M3 -12L3 24Z');
    expect(at([])).toBeNull();
  });
});

const DIAL_WORDS = { mainGoal: (goal: string) => `${goal} (main)`, noReference: 'Not chosen' };

it('offers a reference where there is no original, and shows that none is chosen', () => {
  const variations = anExperiment().variations.map((each) => ({ ...each, isOriginal: false }));
  const { dials } = toDials(aReading({ experiment: { variations } }), formats, DIAL_WORDS);
  const against = dials.find(({ id }) => id === 'against');
  expect(against?.options.find(({ value }) => value === against.value)?.label).toBe('Not chosen');
  expect(against?.options).toHaveLength(5);
});

it('asks another question by another key, and the default by the shortest', () => {
  const reading = aReading({ key: '188400;goal=10' });
  const { dials, resetKey } = toDials(reading, formats, DIAL_WORDS);
  expect(dials.map(({ id, isChanged }) => [id, isChanged])).toEqual([
    ['goal', true],
    ['against', false],
    ['level', false],
  ]);
  expect(dials[0]?.options).toEqual([
    { value: '188400', label: 'Insurance subscription (main)' },
    { value: '188400;goal=10', label: 'Quote asked' },
  ]);
  expect(dials[2]?.options.map(({ value }) => value)).toContain('188400;goal=10;level=0.9');
  expect(dials.every((dial) => dial.options.some(({ value }) => value === dial.value))).toBe(true);
  expect(resetKey).toBe('188400');
});
