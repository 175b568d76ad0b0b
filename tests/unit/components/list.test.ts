import { describe, expect, it } from 'vitest';
import {
  filterRows,
  filterSearch,
  NO_FILTER,
  parseFilter,
} from '@/components/experiment/list/filter-rows';
import {
  countMoves,
  groupRows,
  holdOrder,
  toOrder,
  type Place,
} from '@/components/experiment/list/group-rows';
import { toRows } from '@/components/experiment/list/to-rows';
import { toSparkline } from '@/components/experiment/list/to-sparkline';
import { toDials } from '@/components/experiment/to-dials';
import { arrived } from '@/components/experiment/list/use-list-filter';
import { formatsFor } from '@/lib/core/words/formats';
import { createPlainWords } from '@/lib/core/words/say';
import { galleryReadings } from '@/tests/builders/gallery';
import { aCall, anExperiment, DAY_MS, NOW_MS, START_MS, aReading } from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');
const pages = galleryReadings();
const states = Object.keys(pages);
const rows = toRows(
  Object.values(pages).map(({ reading }) => reading),
  NOW_MS,
  formats,
);
const row = (state: string) => rows[states.indexOf(state)]!;

describe('rows', () => {
  it('stand where something is to be done about them', () => {
    expect(Object.fromEntries(states.map((state) => [state, row(state).group]))).toMatchObject({
      harm: 'act',
      blocked: 'act',
      loserAside: 'act',
      winner: 'decide',
      severalWinners: 'decide',
      noDifference: 'decide',
      fewDays: 'close',
      fewCounts: 'keep',
      inconclusive: 'keep',
      waiting: 'unread',
      paused: 'rest',
      stopped: 'rest',
      draft: 'rest',
      bandit: 'rest',
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
    const grouped = groupRows(rows, toOrder(rows, 'en'));
    expect(grouped.map(({ group }) => group)).toEqual([
      'act',
      'decide',
      'close',
      'keep',
      'unread',
      'rest',
    ]);
    expect(grouped[0]?.rows.slice(0, 2).map((each) => each.tag.shape)).toEqual(['down', 'octagon']);
  });

  it('holds while one reads, and offers what would move', () => {
    const held = [place('a', 'decide'), place('b', 'keep'), place('c', 'keep')];
    const fresh = [place('b', 'act'), place('a', 'decide'), place('c', 'keep')];
    const shown = holdOrder(held, fresh);
    expect(shown).toEqual(held);
    expect(countMoves(shown, fresh)).toBe(1);
    expect(countMoves(fresh, fresh)).toBe(0);
  });

  it('lets in what is new or read for the first time, and lets go what vanished', () => {
    const held = [place('a', 'decide'), place('gone', 'keep'), place('cold', 'unread')];
    const fresh = [place('new', 'act'), place('cold', 'decide'), place('a', 'decide')];
    expect(holdOrder(held, fresh)).toEqual(fresh);
  });

  it('counts a swap as one move', () => {
    const [a, b, c] = [place('a', 'keep'), place('b', 'keep'), place('c', 'keep')];
    expect(countMoves([a, b, c], [c, a, b])).toBe(1);
  });
});

describe('the filter', () => {
  it('lives in the address', () => {
    const filter = { text: 'café & co', project: 'Bank FR', status: 'paused' };
    expect(parseFilter(new URLSearchParams(filterSearch(filter)))).toEqual(filter);
    expect(filterSearch(NO_FILTER)).toBe('');
  });

  it('knows its own letters from an address that came from elsewhere', () => {
    const typed = { seen: '', onTheWay: ['l', 'lo', 'loa'] };
    expect(arrived(typed, 'lo')).toEqual({ seen: 'lo', onTheWay: ['loa'] });
    expect(arrived({ seen: 'loa', onTheWay: [] }, '')).toEqual({ seen: '', onTheWay: [] });
  });

  it('finds every word somewhere, without accents or case', () => {
    const find = (text: string) =>
      filterRows(rows, { ...NO_FILTER, text }).map((each) => each.name);
    expect(find('HERO page')).toEqual(['Home page hero']);
    expect(find('appointment')).toEqual(['Price shown after tax']);
    expect(find('nothing like it')).toEqual([]);
    expect(filterRows(rows, { ...NO_FILTER, status: 'draft' })).toEqual([row('draft')]);
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
    expect(toRows([stopped], NOW_MS, formats)[0]?.age).toBe('8 days');
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
