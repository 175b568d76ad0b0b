/** What the API's own count would say, written without a look at how the budget counts. */
export const API = { tenSeconds: 50, hour: 1_000 } as const;
export const TEN_SECONDS_MS = 10_000;
export const HOUR_MS = 3_600_000;

/** The most that any interval of that length holds, both ends included. */
export function worstSliding(times: readonly number[], lengthMs: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let worst = 0;
  let first = 0;
  sorted.forEach((atMs, last) => {
    while (atMs - (sorted[first] ?? atMs) > lengthMs) first += 1;
    worst = Math.max(worst, last - first + 1);
  });
  return worst;
}

/** The most that any of the windows holds that begin every `lengthMs` from `phaseMs` on. */
export function worstFixed(times: readonly number[], lengthMs: number, phaseMs: number): number {
  const windows = new Map<number, number>();
  for (const atMs of times) {
    const window = Math.floor((atMs - phaseMs) / lengthMs);
    windows.set(window, (windows.get(window) ?? 0) + 1);
  }
  return Math.max(0, ...windows.values());
}

export type ServerKind = 'sliding' | 'fixed';

/** A server that refuses what is too much, whoever sends it; refused requests do not count. */
export function createRateServer(kind: ServerKind, phaseMs: number) {
  const accepted: number[] = [];
  const count = (atMs: number, lengthMs: number): number => {
    const fromMs =
      kind === 'sliding'
        ? atMs - lengthMs
        : Math.floor((atMs - phaseMs) / lengthMs) * lengthMs + phaseMs - 1e-6;
    let from = accepted.length;
    while (from > 0 && (accepted[from - 1] ?? 0) > fromMs) from -= 1;
    return accepted.length - from;
  };
  return {
    see(atMs: number): boolean {
      const isFull =
        count(atMs, TEN_SECONDS_MS) >= API.tenSeconds || count(atMs, HOUR_MS) >= API.hour;
      if (!isFull) accepted.push(atMs);
      return !isFull;
    },
  };
}
