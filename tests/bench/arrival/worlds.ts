import type { ArrivalWorld } from '@/tests/bench/arrival/world';

const even: ArrivalWorld = {
  id: '50/50',
  rate: 0.05,
  effect: 0.1,
  weights: [0.5, 0.5],
  peoplePerDay: 4_500,
  plannedEnd: null,
  better: 'higher',
};
const uneven: ArrivalWorld = { ...even, id: '80/20', weights: [0.8, 0.2], peoplePerDay: 7_000 };
const three: ArrivalWorld = {
  ...even,
  id: 'three arms',
  weights: [1 / 3, 1 / 3, 1 / 3],
  peoplePerDay: 7_000,
};

/** Planned ends are about the fixed samples for a power of 80 %. */
export const WORLDS: readonly ArrivalWorld[] = [
  even,
  { ...even, id: '50/50, planned end', plannedEnd: 62_000 },
  uneven,
  { ...uneven, id: '80/20, planned end', plannedEnd: 97_000 },
  three,
  { ...three, id: 'three arms, planned end', plannedEnd: 110_000 },
  { ...even, id: '1 %, +-20 %', rate: 0.01, effect: 0.2, peoplePerDay: 5_000 },
  { ...even, id: 'slow, 40 days', peoplePerDay: 1_500, plannedEnd: 62_000 },
  { ...even, id: 'lower is better, planned end', better: 'lower', plannedEnd: 62_000 },
];

export const ASKED_ON: readonly number[] = [3, 8, 12, 20];
