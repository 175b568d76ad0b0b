import { controls } from '@/tests/bench/peeking/controls';
import { effects } from '@/tests/bench/peeking/effects';
import { layered } from '@/tests/bench/peeking/layered';
import { lives } from '@/tests/bench/peeking/life';
import { nothing } from '@/tests/bench/peeking/nothing';
import type { Scale } from '@/tests/bench/peeking/registry';
import { rivals } from '@/tests/bench/peeking/rivals';

export const PARTS = ['controls', 'nothing', 'layers', 'effects', 'rivals', 'life'] as const;
export type Part = (typeof PARTS)[number];

/** The scenarios of a part, in the order they are run. */
export function idsOf(part: Part, scale: Scale): readonly string[] {
  const ids: Record<Part, () => readonly string[]> = {
    controls: () => controls(scale.experiments).map(({ scenario }) => scenario.id),
    nothing: () => nothing(scale.experiments).map(({ scenario }) => scenario.id),
    layers: () => layered(scale.layered).map(({ id }) => id),
    effects: () => effects(scale.experiments).map(({ scenario }) => scenario.id),
    rivals: () => rivals(scale.experiments).map(({ id }) => id),
    life: () => lives(scale.lives).map(({ scenario }) => scenario.id),
  };
  return ids[part]();
}
