import { describe, expect, it } from 'vitest';
import { questionKey } from '@/lib/core/experiment/question';
import { FIRST_ASK } from '@/lib/core/live/list-ask';
import { isProblemError } from '@/lib/core/problem/problem';
import { noInput, readQuestion, readQuestions } from '@/lib/server/http/input';
import { readListAsk } from '@/lib/server/http/list-input';

const keysOf = (query: string) =>
  readQuestions({}, new URLSearchParams(query)).map((question) => questionKey(question));

const fieldOf = (read: () => unknown): string | undefined => {
  try {
    read();
  } catch (error) {
    if (isProblemError(error) && error.problem.code === 'invalid-input') return error.problem.field;
    throw error;
  }
  return 'accepted';
};

describe('what a stream is asked', () => {
  it('takes repeated q, the shorthand, and both; the same question counts once', () => {
    expect(keysOf('q=1&q=2;level=0.9')).toEqual(['1', '2;level=0.9']);
    expect(keysOf('experiments=1,2,3')).toEqual(['1', '2', '3']);
    expect(keysOf('experiments=1,2&q=2&q=2;level=0.95')).toEqual(['2', '1']);
  });

  it.each([
    ['', 'q'],
    ['q=abc', 'q'],
    ['q=1;goal=x', 'q'],
    ['q=1;level=0.97', 'q'],
    ['q=1;colour=red', 'q'],
    ['experiments=1,,2', 'experiments'],
    ['experiments=1;drop', 'experiments'],
    ['q=99999999999999999999', 'q'],
    ['query=1', 'query'],
  ])('refuses "%s" and names the field %s', (query, field) => {
    expect(fieldOf(() => keysOf(query))).toBe(field);
  });
});

describe('the size of a question', () => {
  it('is bounded', () => {
    const ids = Array.from({ length: 300 }, (_, at) => at + 1).join(',');
    expect(fieldOf(() => keysOf(`experiments=${ids}`))).toBe('q');
  });
});

describe('the question of one experiment', () => {
  const read = (id: string, query = '') =>
    questionKey(readQuestion({ id }, new URLSearchParams(query)));

  it('comes from the path and the dials', () => {
    expect(read('188400')).toBe('188400');
    expect(read('188400', 'level=0.9&goal=7&ref=901')).toBe('188400;goal=7;ref=901;level=0.9');
  });

  it.each([
    ['x', '', 'id'],
    ['1', 'goal=main', 'goal'],
    ['1', 'level=2', 'level'],
    ['1', 'level=0.9&level=0.8', 'level'],
    ['1', 'confidence=0.9', 'confidence'],
    ['1;level=0.9', '', 'id'],
  ])('refuses id "%s" with "%s" and names %s', (id, query, field) => {
    expect(fieldOf(() => read(id, query))).toBe(field);
  });

  it('accepts no parameter where none is read', () => {
    expect(noInput({}, new URLSearchParams())).toBeNull();
    expect(fieldOf(() => noInput({}, new URLSearchParams('a=1')))).toBe('a');
  });
});

describe('what is asked of the list', () => {
  const ask = (query: string) => readListAsk({}, new URLSearchParams(query));

  it('is the first view of everything where nothing is said', () => {
    expect(ask('')).toEqual(FIRST_ASK);
    expect(ask('search=&project=&status=')).toEqual(FIRST_ASK);
  });

  it('is a filtered view, or one run of rows', () => {
    expect(ask('search=caf%C3%A9&project=12&status=paused&rows=400&rest=70')).toEqual({
      kind: 'view',
      filter: { search: 'café', project: '12', status: 'paused' },
      rows: 400,
      rest: 70,
    });
    expect(ask('group=at-rest&offset=20&limit=50')).toMatchObject({
      kind: 'run',
      group: 'at-rest',
      offset: 20,
      limit: 50,
    });
    expect(ask('offset=0')).toMatchObject({ kind: 'run', group: null, offset: 0, limit: 50 });
  });

  it.each([
    [`search=${'x'.repeat(201)}`, 'search'],
    ['project=Bank', 'project'],
    ['status=gone', 'status'],
    ['status=unknown', 'status'],
    ['group=rest', 'group'],
    ['group=', 'group'],
    ['offset=-1', 'offset'],
    ['offset=1e3', 'offset'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['rows=0', 'rows'],
    ['rest=3000', 'rest'],
    ['rest=20&offset=0', 'rest'],
    ['group=decide&rows=5', 'rows'],
    ['page=2', 'page'],
    ['search=a&search=b', 'search'],
  ])('refuses "%s" and names %s', (query, field) => {
    expect(fieldOf(() => ask(query))).toBe(field);
  });
});
