import { describe, expect, it } from 'vitest';
import { connectionId } from '@/lib/core/experiment/ids';
import type { SliceCounts } from '@/lib/core/analysis/slices';
import type { SliceAsk } from '@/lib/core/experiment/slicing';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { createExplorer, MOST_PER_HOUR } from '@/lib/server/experiments/explorer';
import type { SlicesOptions, SlicesRequest } from '@/lib/server/kameleoon/slices';
import { createFakeClock } from '@/tests/fakes/clock';
import { anExperiment, countsAt, STARTED_MS } from '@/tests/unit/server/live/fake-client';

const experiment = anExperiment(1);
const ask = (more: Partial<SliceAsk> = {}): SliceAsk => ({
  experimentId: experiment.id,
  by: 'device',
  unit: 'visitors',
  from: null,
  to: null,
  leftOut: null,
  ...more,
});

function aRoom() {
  const clock = createFakeClock();
  const asked: (SlicesRequest & SlicesOptions)[] = [];
  let answer = (): Promise<readonly SliceCounts[]> =>
    Promise.resolve([{ value: 'PHONE', snapshot: countsAt(experiment, clock.nowMs()) }]);
  const explorer = createExplorer({
    connectionId: connectionId('one'),
    clock,
    nowMs: () => clock.nowMs(),
    timeZone: 'UTC',
    readSlices: (request, options = {}) => {
      asked.push({ ...request, ...options });
      options.onSent?.();
      return answer();
    },
  });
  const explore = (
    wanted = ask(),
    more: { signal?: AbortSignal; anew?: boolean; sinceMs?: number } = {},
  ) => {
    const told: number[] = [];
    const { signal = new AbortController().signal, ...rest } = more;
    const options = { signal, ...rest, onProgress: (n: number) => void told.push(n) };
    return { told, counts: explorer.explore(experiment, wanted, options) };
  };
  return {
    clock,
    asked,
    explore,
    /** Answers stay out until `finish`. */
    hold() {
      let finish = (): void => {};
      const gate = new Promise<void>((resolve) => (finish = resolve));
      const quick = answer;
      answer = async () => {
        const signal = asked.at(-1)?.signal;
        const gone = new Promise<never>((_, reject) => {
          signal?.addEventListener('abort', () =>
            reject(new ProblemError(toProblem('given-up', 'given up'))),
          );
        });
        await Promise.race([gate, gone]);
        return quick();
      };
      return () => finish();
    },
    failWith(code: 'upstream-failed') {
      answer = () => Promise.reject(new ProblemError(toProblem(code, 'x')));
    },
  };
}

describe('closer looks', () => {
  it('cost one report, whoever asks at once, and tell everybody what it cost', async () => {
    const { explore, asked, hold } = aRoom();
    const finish = hold();
    const two = [explore(), explore()];
    expect(asked).toHaveLength(1);
    finish();
    for (const { counts, told } of two) {
      expect((await counts)[0]?.value).toBe('PHONE');
      expect(told).toEqual([1]);
    }
  });

  it('are given again for ten minutes, unless somebody wants them anew', async () => {
    const { explore, asked, clock } = aRoom();
    await explore().counts;
    await clock.advance(9 * 60_000);
    await explore().counts;
    expect(asked).toHaveLength(1);
    await explore(ask(), { anew: true }).counts;
    expect(asked).toHaveLength(2);
    await clock.advance(11 * 60_000);
    await explore().counts;
    expect(asked).toHaveLength(3);
  });

  it('are different questions when cut, unit or days differ', async () => {
    const { explore, asked } = aRoom();
    for (const more of [{}, { by: 'browser' }, { unit: 'visits' }, { to: '2026-05-01' }] as const)
      await explore(ask(more)).counts;
    expect(asked).toHaveLength(4);
    expect(asked.at(-1)?.windows).toEqual([{ startMs: STARTED_MS, endMs: Date.UTC(2026, 4, 2) }]);
  });

  it('never count what came before a changed split, whatever days are named', async () => {
    const { explore, asked } = aRoom();
    const sinceMs = STARTED_MS + 86_400_000;
    await explore(ask(), { sinceMs }).counts;
    await explore(ask({ from: '2026-01-01' }), { sinceMs }).counts;
    for (const { windows } of asked) expect(windows?.[0]?.startMs).toBe(sinceMs);
    await explore(ask()).counts;
    expect(asked.at(-1)?.windows).toBeNull();
  });

  it('go on while one waits, are given up when the last has left, and begin anew after that', async () => {
    const { explore, asked, hold } = aRoom();
    const finish = hold();
    const [first, second] = [new AbortController(), new AbortController()];
    const one = explore(ask(), { signal: first.signal });
    const other = explore(ask(), { signal: second.signal });
    const gone = [one, other].map(({ counts }) => counts.catch(() => 'gone'));
    first.abort();
    expect(asked[0]?.signal?.aborted).toBe(false);
    second.abort();
    expect(asked[0]?.signal?.aborted).toBe(true);
    const anew = explore();
    expect(asked).toHaveLength(2);
    finish();
    expect(await anew.counts).toHaveLength(1);
    expect(await Promise.all(gone)).toEqual(['gone', 'gone']);
  });

  it('leave the earlier answer where it is when a new one fails', async () => {
    const { explore, failWith } = aRoom();
    await explore().counts;
    failWith('upstream-failed');
    await expect(explore(ask(), { anew: true }).counts).rejects.toMatchObject({
      problem: { code: 'upstream-failed' },
    });
    expect(await explore().counts).toHaveLength(1);
  });

  it('begin no more than so many reports an hour, and say when there is one again', async () => {
    const { explore, asked, clock } = aRoom();
    for (let n = 0; n < MOST_PER_HOUR; n += 1) await explore(ask(), { anew: true }).counts;
    await expect(explore(ask(), { anew: true }).counts).rejects.toMatchObject({
      problem: { code: 'budget-spent', retryAtMs: clock.nowMs() + 3_600_000 },
    });
    expect(asked).toHaveLength(MOST_PER_HOUR);
    // What is known costs nothing.
    await explore().counts;
    await clock.advance(3_600_001);
    await explore(ask(), { anew: true }).counts;
    expect(asked).toHaveLength(MOST_PER_HOUR + 1);
  });

  it('spend nothing on days in which the experiment was not', async () => {
    const { explore, asked } = aRoom();
    await expect(explore(ask({ from: '2030-01-01' })).counts).rejects.toMatchObject({
      problem: { code: 'invalid-input', field: 'from' },
    });
    expect(asked).toHaveLength(0);
  });
});
