import { describe, expect, it } from 'vitest';
import { createJobTime } from '@/lib/server/kameleoon/job-time';

/** A small seeded generator (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Polls each job needs, `batch` of them at a time, with the back-off of the results job. */
function polls(durationMs: (i: number) => number, count: number, batch = 1) {
  const jobTime = createJobTime();
  const needed: number[] = [];
  const waits: number[] = [];
  for (let i = 0; i < count; i += batch) {
    const waitMs = jobTime.estimateMs();
    const ends = Array.from({ length: Math.min(batch, count - i) }, (_, j) => {
      const takesMs = durationMs(i + j);
      let atMs = waitMs;
      let n = 1;
      for (; atMs < takesMs; n += 1) atMs += Math.max(500, atMs / 2);
      needed.push(n);
      waits.push(waitMs);
      return { n, atMs };
    }).sort((a, b) => a.atMs - b.atMs);
    for (const { n, atMs } of ends) {
      if (n === 1) jobTime.onHit(waitMs);
      else jobTime.onMiss(waitMs, atMs);
    }
  }
  return { needed, waits };
}

describe('the learnt time of results jobs', () => {
  const random = seeded(11);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

  it.each<[string, (i: number) => number, number]>([
    ['a constant 1.5 s', () => 1500, 1],
    ['a constant 8 s', () => 8000, 1],
    ['1 to 4 s', () => 1000 + 3000 * random(), 1],
    ['lognormal around 3 s', () => 3000 * Math.exp(0.5 * normal()), 1],
    ['lognormal, ten side by side', () => 3000 * Math.exp(0.5 * normal()), 10],
    ['lognormal, fifty side by side', () => 3000 * Math.exp(0.5 * normal()), 50],
    ['almost at once', () => 50, 10],
  ])('one poll in the median, 2.2 calls in the mean: %s', (_, durationMs, batch) => {
    const { needed } = polls(durationMs, 600, batch);
    const learnt = needed.slice(200);
    expect(median(learnt)).toBe(1);
    // And the POST.
    expect(1 + mean(learnt)).toBeLessThanOrEqual(2.2);
  });

  it('needs two polls at most for the first reports of an ordinary API', () => {
    const { needed } = polls(() => 1000 + 1500 * random(), 10);
    expect(Math.max(...needed)).toBeLessThanOrEqual(2);
  });

  it('follows jobs that become slow within a few reports, and quick again within some dozens', () => {
    const { needed, waits } = polls((i) => (i < 100 || i >= 200 ? 1000 : 10_000), 400);
    expect(needed.slice(110, 200).filter((n) => n > 1).length).toBeLessThan(12);
    expect(waits.at(-1)).toBeLessThan(1600);
  });

  it('does not let one slow job make everybody wait', () => {
    const { waits } = polls((i) => (i === 50 ? 40_000 : 1000), 100);
    expect(Math.max(...waits.slice(51))).toBeLessThan(2000);
  });
});
