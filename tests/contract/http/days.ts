import { asText, type Row } from './shape';

/** Midnight that many days after a zone-less date, zone-less too. */
export const dayAfter = (date: string, days: number): string => {
  const atMs = Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + days * 86_400_000;
  return new Date(atMs).toISOString().slice(0, 19);
};

/** The first three whole days of an experiment. */
export const threeDays = (experiment: Row): readonly [string, string, string] => {
  const started = asText(experiment['dateStarted']);
  return [dayAfter(started, 1), dayAfter(started, 2), dayAfter(started, 3)];
};
