import { describe, expect, it } from 'vitest';
import { firstWatched, MOST_WATCHED, nextWatched } from '@/components/experiment/list/watched-rows';

const keys = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => String(from + at));
const sight = (from: number, to: number) => new Set(keys(from, to));

describe('the rows a page watches', () => {
  it('are all of a short list, and the first of a long one until the screen is known', () => {
    expect(firstWatched(keys(0, 22))).toEqual(keys(0, 22));
    expect(firstWatched(keys(0, 3_000))).toHaveLength(30);
    expect(nextWatched(keys(0, 22), { rendered: keys(0, 22), inSight: sight(0, 9) })).toEqual(
      keys(0, 22),
    );
  });

  it('follow the screen, and never become more than the most', () => {
    let watched = firstWatched(keys(0, 500));
    for (let top = 0; top < 460; top += 25) {
      watched = nextWatched(watched, { rendered: keys(0, 500), inSight: sight(top, top + 40) });
      expect(watched.length).toBeLessThanOrEqual(MOST_WATCHED);
      expect(watched).toEqual(expect.arrayContaining(keys(top, top + 40)));
    }
  });

  it('stay the very same while what is in sight is among them', () => {
    const rendered = keys(0, 500);
    const down = nextWatched(keys(0, 30), { rendered, inSight: sight(20, 50) });
    expect(nextWatched(down, { rendered, inSight: sight(0, 30) })).toBe(down);
    expect(nextWatched(down, { rendered, inSight: sight(10, 40) })).toBe(down);
  });

  it('shrink to what a search has found', () => {
    const watched = keys(0, 60);
    expect(nextWatched(watched, { rendered: keys(3, 7), inSight: sight(3, 7) })).toEqual(
      keys(3, 7),
    );
  });

  it('leave what is no longer on the page when they change', () => {
    const next = nextWatched(keys(0, 20), { rendered: keys(5, 30), inSight: sight(5, 30) });
    expect(next).toEqual(keys(5, 30));
  });
});
