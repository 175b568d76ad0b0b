import { describe, expect, it } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { Reading } from '@/lib/core/live/reading';
import { aLine, runningOf, until, type Line, type LineOptions } from './line';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WINNER = 188402;
const CHANGED = 188602;
const BANDIT = 188504;

const find = ({ results }: Line, id: number): Reading | null =>
  results.find(toQuestion(experimentId(id)));
const unitCheck = (reading: Reading | null) =>
  reading?.analysis?.health.checks.find(({ id }) => id === 'unit');
const splitCheck = (reading: Reading | null) =>
  reading?.analysis?.health.checks.find(({ id }) => id === 'split');

/** A line that somebody has watched for a while: one page, or all that runs. */
async function aWatchedLine(options: LineOptions, forMs: number, id?: number): Promise<Line> {
  const line = await aLine(options);
  await until(line, () => runningOf(line).length > 0, MINUTE_MS, 'a list');
  const ids = runningOf(line).map(({ experiment }) => experiment.id);
  line.results.subscribe(
    (id === undefined ? ids : [experimentId(id)]).map((one) => toQuestion(one)),
    () => undefined,
  );
  await line.clock.advance(forMs);
  return line;
}

/** Reports that were asked for. */
const posted = ({ api }: Line): number => api.requests().byPath['/experiments/{id}/results'] ?? 0;

describe('an API that counts visits although people are asked for', () => {
  it('is judged on first visits, says so, and costs as many reports as one that counts people', async () => {
    const odd = await aWatchedLine(
      { sandbox: { quirks: { convertedCount: 'visits' } } },
      10 * MINUTE_MS,
    );
    expect(odd.results.status().unitProof).toBe('visits');
    for (const reading of runningOf(odd)) {
      const { allocation } = reading.experiment;
      if (allocation !== 'manual') continue;
      expect(unitCheck(reading)).toEqual({
        id: 'unit',
        state: 'passed',
        reasons: [{ kind: 'first-visits' }],
      });
      // Figures of the platform are those of all visits: none stand beside counts of some.
      for (const arm of reading.analysis?.arms ?? []) expect(arm.platform.reliability).toBeNull();
    }
    const winner = find(odd, WINNER)?.analysis;
    expect(winner?.verdict.state).toBe('winner');
    expect(winner?.call).toMatchObject({ state: 'winner', unit: 'first-visits', sinceMs: null });
    for (const arm of winner?.arms ?? []) expect(arm.visits).toBe(arm.visitors);
    expect(unitCheck(find(odd, BANDIT))?.state).toBe('failed');

    const usual = await aWatchedLine({}, 10 * MINUTE_MS);
    expect(unitCheck(find(usual, WINNER))?.reasons).toEqual([]);
    expect(posted(odd) / posted(usual)).toBeGreaterThan(0.9);
    expect(posted(odd) / posted(usual)).toBeLessThan(1.1);
    await odd.stop();
    await usual.stop();
  }, 120_000);

  it('and tells no first visits leaves every call withheld, with the reason', async () => {
    const quirks = { convertedCount: 'visits', newVisitors: 'people' } as const;
    const line = await aWatchedLine({ sandbox: { quirks } }, 5 * MINUTE_MS, WINNER);
    const reading = find(line, WINNER);
    expect(reading?.analysis?.verdict.reasons).toEqual([{ kind: 'unit-visits' }]);
    expect(unitCheck(reading)).toMatchObject({
      state: 'failed',
      reasons: [{ kind: 'unit-visits' }],
    });
    expect(reading?.analysis?.call ?? null).toBeNull();
    expect(reading?.freshness.problem).toBeNull();
    await line.stop();
  }, 120_000);
});

describe('a split that was changed', () => {
  it('is judged on people who came since, and its past is bought from there on', async () => {
    const line = await aWatchedLine({}, 5 * MINUTE_MS, CHANGED);
    const reading = find(line, CHANGED);
    const changedAtMs = reading?.experiment.splitChangedAtMs ?? Number.NaN;
    expect(unitCheck(reading)?.reasons).toEqual([{ kind: 'first-visits' }]);
    expect(splitCheck(reading)).toMatchObject({ state: 'passed' });
    // Its true difference is small: what it deserves is to stay undecided.
    expect(reading?.analysis?.verdict.state).toBe('inconclusive');
    expect(reading?.analysis?.day).toBe(14);
    expect(reading?.analysis?.sinceMs).not.toBeNull();
    const [original, variation] = reading?.analysis?.arms ?? [];
    expect((variation?.visitors ?? 0) / (original?.visitors ?? 1)).toBeCloseTo(1, 1);
    const curve = line.results.curve(toQuestion(experimentId(CHANGED)), 500);
    expect(curve?.points.length).toBeGreaterThan(3);
    for (const { atMs } of curve?.points ?? []) expect(atMs).toBeGreaterThan(changedAtMs);
    expect(curve?.points.some(({ atMs }) => atMs < line.clock.nowMs() - DAY_MS)).toBe(true);
    await line.stop();
  }, 120_000);

  it('stays blocked where the API does not tell first visits', async () => {
    const line = await aWatchedLine(
      { sandbox: { quirks: { newVisitors: 'refused' } } },
      5 * MINUTE_MS,
    );
    const reading = find(line, CHANGED);
    expect(reading?.analysis?.verdict.state).toBe('blocked');
    expect(splitCheck(reading)?.reasons[0]?.kind).toBe('split-changed');
    expect(find(line, WINNER)?.analysis?.verdict.state).toBe('winner');
    await line.stop();
  }, 120_000);
});
