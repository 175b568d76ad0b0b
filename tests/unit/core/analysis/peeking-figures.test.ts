import { describe, expect, it } from 'vitest';
import { METHOD_FIGURES } from '@/lib/core/words/method-figures';
import { brokenLimits } from '@/tests/bench/peeking/limits';
import { mergeFigures } from '@/tests/bench/peeking/merge-figures';
import { idsOf } from '@/tests/bench/peeking/parts';
import { FULL } from '@/tests/bench/peeking/registry';

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

describe('the figures that the method page shows', () => {
  it('come from a whole run: every scenario is there, at its full size', () => {
    const { controls, nothing, effects, life, experiments } = METHOD_FIGURES;
    expect(experiments).toBe(FULL.experiments);
    expect(ids(controls)).toEqual(idsOf('controls', FULL));
    expect(ids(nothing)).toEqual([...idsOf('nothing', FULL), ...idsOf('layers', FULL)]);
    expect(ids(effects)).toEqual(idsOf('effects', FULL));
    expect(ids(life)).toEqual(idsOf('life', FULL));
    expect(life.every((row) => row.experiments === FULL.lives)).toBe(true);
  });

  it('break no limit, and would be caught if they did', () => {
    expect(brokenLimits(METHOD_FIGURES)).toEqual([]);
    const [first, ...rest] = METHOD_FIGURES.nothing;
    if (first === undefined) throw new Error('no scenario');
    const worse = { ...first, open: { ...first.open, called: 0.036 } };
    expect(brokenLimits({ ...METHOD_FIGURES, nothing: [worse, ...rest] })).toHaveLength(1);
  });

  it('hold our rule beside the others on the same data', () => {
    const rule = (id: string) => METHOD_FIGURES.rivals.find((row) => row.id === id);
    const worst = (id: string): number => Math.max(...Object.values(rule(id)?.falseCalls ?? {}));
    expect(worst('ours')).toBeLessThanOrEqual(0.035);
    expect(worst('ours-planned')).toBeLessThanOrEqual(0.05);
    // GrowthBook's worst lies at 5 %, within the error of the simulation, so nothing is claimed of it.
    for (const other of ['eppo', 'statsig', 'chance', 'fixed'])
      expect([other, worst(other) > 0.05]).toEqual([other, true]);
  });

  it('take the rows of one part that was run again, and nothing of another size', () => {
    const [first] = METHOD_FIGURES.life;
    if (first === undefined) throw new Error('no life');
    const none = { controls: [], nothing: [], effects: [], rivals: [] };
    const part = { ...METHOD_FIGURES, ...none, life: [{ ...first, called: 0.123 }] };
    const merged = mergeFigures(METHOD_FIGURES, part);
    expect(merged?.life[0]?.called).toBe(0.123);
    expect(merged?.life.slice(1)).toEqual(METHOD_FIGURES.life.slice(1));
    expect(merged?.nothing).toEqual(METHOD_FIGURES.nothing);
    expect(mergeFigures(METHOD_FIGURES, { ...part, experiments: 1 })).toBeNull();
  });
});
