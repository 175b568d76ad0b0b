import { describe, expect, it } from 'vitest';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { experimentId, projectId } from '@/lib/core/experiment/ids';
import { FIRST_ASK, NO_FILTER, type ListAsk, type ListFilter } from '@/lib/core/live/list-ask';
import { createListIndex } from '@/lib/server/live/list-index';
import { anAnalysis, anExperiment, aVerdict, DAY_MS, NOW_MS } from '@/tests/builders/reading';

class FakeTrack {
  judged = 0;
  changes = 0;
  constructor(
    public is: Experiment,
    public says: Analysis | null,
  ) {}
  experiment = () => this.is;
  analysis = () => {
    this.judged += 1;
    return this.says;
  };
  revision = () => this.changes;
  becomes(experiment: Partial<Experiment>, says: Analysis | null = this.says): void {
    this.is = { ...this.is, ...experiment };
    this.says = says;
    this.changes += 1;
  }
  get id(): number {
    return Number(this.is.id);
  }
}

const COLLECTING = anAnalysis({ verdict: aVerdict({ state: 'inconclusive' }) });
const WINNER = anAnalysis({ verdict: aVerdict({ state: 'winner' }) });

const running = (id: number, more: Partial<Experiment> = {}, says: Analysis | null = COLLECTING) =>
  new FakeTrack(anExperiment({ id: experimentId(id), name: `Running ${id}`, ...more }), says);

const stopped = (id: number) =>
  new FakeTrack(
    anExperiment({
      id: experimentId(id),
      name: `Stopped ${id}`,
      status: 'stopped',
      project: { id: projectId(2), name: 'Archive' },
      endedAtMs: NOW_MS - id * DAY_MS,
    }),
    null,
  );

const aHouse = (actives: number, stoppeds: number) => [
  ...Array.from({ length: actives }, (_, at) => running(at + 1)),
  ...Array.from({ length: stoppeds }, (_, at) => stopped(10_000 + at)),
];

const ids = (tracks: readonly FakeTrack[]) => tracks.map((track) => track.id);
const find = (filter: Partial<ListFilter>): ListAsk => ({
  ...FIRST_ASK,
  filter: { ...NO_FILTER, ...filter },
});

describe('the first view of 100 running and 3,000 stopped experiments', () => {
  const tracks = aHouse(100, 3_000);
  const index = createListIndex(() => tracks);
  const first = index.select(FIRST_ASK);

  it('holds every running one and the twenty that stopped last, and tells how many there are', () => {
    expect(first.tracks).toHaveLength(120);
    expect(ids(first.tracks).slice(100)).toEqual(
      Array.from({ length: 20 }, (_, at) => 10_000 + at),
    );
    expect(first).toMatchObject({
      total: 3_100,
      all: 3_100,
      totals: { running: 100, 'at-rest': 3_000, decide: 0 },
    });
    expect(first.projects.map(({ name }) => name)).toEqual(['Archive', 'Insurance FR']);
  });

  it('judges what runs once, what rests never, and afterwards only what changed', () => {
    const judged = () => tracks.reduce((sum, track) => sum + track.judged, 0);
    expect(judged()).toBe(100);
    index.select(FIRST_ASK);
    index.select(find({ search: 'running' }));
    expect(judged()).toBe(100);
    tracks[7]!.becomes({}, WINNER);
    expect(index.select(FIRST_ASK).totals).toMatchObject({ running: 99, decide: 1 });
    expect(index.select(FIRST_ASK).tracks[0]).toBe(tracks[7]);
    expect(judged()).toBe(101);
  });

  it('goes on where the first view ends, without a gap or a row twice', () => {
    const seen = ids(index.select(FIRST_ASK).tracks).slice(100);
    for (let offset = 20; offset < 3_000; offset += 200)
      seen.push(
        ...ids(
          index.select({ kind: 'run', filter: NO_FILTER, group: 'at-rest', offset, limit: 200 })
            .tracks,
        ),
      );
    expect(seen).toHaveLength(3_000);
    expect(new Set(seen).size).toBe(3_000);
  });

  it('can be walked through as a whole', () => {
    const run = index.select({
      kind: 'run',
      filter: NO_FILTER,
      group: null,
      offset: 95,
      limit: 10,
    });
    expect(run.total).toBe(3_100);
    expect(run.tracks.map((track) => track.is.status)).toEqual([
      ...Array.from({ length: 5 }, () => 'active'),
      ...Array.from({ length: 5 }, () => 'stopped'),
    ]);
  });
});

describe('a search', () => {
  const tracks = [
    running(1, { name: 'Café au lait', tags: ['Menu'] }),
    running(2, { name: 'CAFE noir' }),
    running(30, { name: 'Tea', project: { id: projectId(7), name: 'Kitchen' } }),
    stopped(40),
  ];
  const index = createListIndex(() => tracks);
  const found = (filter: Partial<ListFilter>) => ids(index.select(find(filter)).tracks);

  it('hears neither accents nor case, and finds by id, goal, project and tag as well', () => {
    expect(found({ search: 'cafe' })).toEqual([1, 2]);
    expect(found({ search: 'NOIR café' })).toEqual([2]);
    expect(found({ search: '30' })).toEqual([30]);
    expect(found({ search: 'kitchen' })).toEqual([30]);
    expect(found({ search: 'menu subscription' })).toEqual([1]);
    expect(found({ search: 'coffee' })).toEqual([]);
  });

  it('goes with project and status, and offers every project still', () => {
    expect(found({ project: '7' })).toEqual([30]);
    expect(found({ status: 'stopped' })).toEqual([40]);
    expect(found({ status: 'stopped', project: '7' })).toEqual([]);
    const { total, all, projects } = index.select(find({ search: 'cafe' }));
    expect([total, all, projects.length]).toEqual([2, 4, 3]);
  });

  it('finds an experiment by its new name at once', () => {
    tracks[2]!.becomes({ name: 'Coffee' });
    expect(found({ search: 'coffee' })).toEqual([30]);
    expect(found({ search: 'tea' })).toEqual([]);
  });
});

describe('what comes and goes', () => {
  it('is there, or is not, at the next look', () => {
    let tracks = aHouse(2, 1);
    const index = createListIndex(() => tracks);
    expect(index.select(FIRST_ASK).all).toBe(3);
    const another = running(5, { project: { id: projectId(9), name: 'New' } });
    tracks = [another, tracks[0]!, tracks[2]!];
    const { tracks: shown, projects } = index.select(FIRST_ASK);
    expect(ids(shown)).toEqual([1, 5, 10_000]);
    expect(projects.map(({ name }) => name)).toContain('New');
    tracks[1]!.becomes({ status: 'paused', statusChangedAtMs: NOW_MS });
    expect(ids(index.select(FIRST_ASK).tracks)).toEqual([5, 1, 10_000]);
  });

  it('puts what still runs before what has stopped, and what never said when last', () => {
    const bandit = running(
      1,
      {},
      anAnalysis({ verdict: aVerdict({ state: 'not-applicable', reasons: [] }) }),
    );
    const draft = running(2, { status: 'draft', startedAtMs: null }, null);
    const index = createListIndex(() => [draft, stopped(10), bandit, stopped(4)]);
    expect(ids(index.select(FIRST_ASK).tracks)).toEqual([1, 4, 10, 2]);
  });
});
