import { experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { createFakeClock } from '@/tests/fakes/clock';
import type { Asked } from './fake-client';
import { anExperiment, createFakeClient, HOUR_MS, TRAFFIC } from './fake-client';
import type { House } from './results-house';
import { aHouse } from './results-house';

export const QUESTION = toQuestion(experimentId(1));

export const analysisOf = ({ results }: House) => results.find(QUESTION)?.analysis;

export const checkOf = (house: House, id: string) =>
  analysisOf(house)?.health.checks.find((one) => one.id === id);

export const unitsOf = (asked: readonly Asked[]): readonly string[] => [
  ...new Set(asked.map(({ unit }) => unit)),
];

/** Points of the past: without the two reports of the proof, which end at the hour just past. */
export const pastOf = ({ client }: House): readonly Asked[] =>
  client.asked.filter(({ endMs, atMs }) => endMs !== null && endMs < atMs - HOUR_MS);

/** With an API that counts visits although people are asked for. */
export async function anOddHouse(more: { readonly areRefused?: boolean } = {}): Promise<House> {
  const clock = createFakeClock();
  const client = createFakeClient(clock, [anExperiment(1)]);
  client.traffic = { ...TRAFFIC, countsVisits: true };
  client.areFirstVisitsRefused = more.areRefused ?? false;
  return aHouse([], { clock, client });
}

/** The process rests for a while, and another one takes over with the same store: days pass at no cost. */
export async function after(house: House, ms: number): Promise<House> {
  await house.results.stop();
  await house.clock.advance(ms);
  const next = await aHouse([], house);
  await next.clock.advance(30_000);
  return next;
}
