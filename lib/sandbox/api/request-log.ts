import { MINUTE_MS } from '@/lib/sandbox/clock';
import { toPathPattern } from './path-pattern';
import { createSlidingWindow } from './sliding-window';
import { toWindowStart, WINDOWS, type Phases } from './windows';

/** What `GET /__sandbox/requests` answers: every request the API saw, refused ones included. */
export interface RequestReport {
  readonly total: number;
  /** By path without version and with ids named, such as `/experiments/{id}/results`. */
  readonly byPath: Readonly<Record<string, number>>;
  /** By status as it was sent. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** The most requests ever seen within any 10 s and within any hour. */
  readonly worst10s: number;
  readonly worstHour: number;
  /** The same for fixed windows of this sandbox's phase. */
  readonly worstFixed10s: number;
  readonly worstFixedHour: number;
  /** Requests by minute of the last day; minutes without any are left out. */
  readonly perMinute: readonly { readonly startMs: number; readonly requests: number }[];
  /** 429 sent, whatever the reason; and those the windows themselves were the reason of. */
  readonly throttled: number;
  readonly throttledByWindows: number;
  /** Taken by the API, but the connection broke before an answer. */
  readonly lost: number;
}

export interface RequestLog {
  /** When a request comes in. */
  arrive(path: string, nowMs: number): void;
  /** When a window refuses it. */
  refuse(): void;
  /** When it is answered. */
  answer(status: number): void;
  /** When it is not answered. */
  lose(): void;
  report(): RequestReport;
}

const MOST_MINUTES = 1_440;

export function createRequestLog(phases: Phases): RequestLog {
  const moments = createSlidingWindow();
  const byPath: Record<string, number> = {};
  const byStatus: Record<string, number> = {};
  const perMinute = new Map<number, number>();
  const worst = WINDOWS.map(() => 0);
  const fixed = WINDOWS.map(() => ({ startMs: 0, requests: 0, worst: 0 }));
  const sums = { total: 0, lost: 0, throttledByWindows: 0 };

  function countWindows(nowMs: number): void {
    WINDOWS.forEach(({ spanMs }, i) => {
      worst[i] = Math.max(worst[i]!, moments.count(nowMs, spanMs));
      const window = fixed[i]!;
      const startMs = toWindowStart(nowMs, spanMs, phases[i]!);
      if (startMs !== window.startMs) Object.assign(window, { startMs, requests: 0 });
      window.requests += 1;
      window.worst = Math.max(window.worst, window.requests);
    });
  }

  return {
    arrive: (path, nowMs) => {
      const key = toPathPattern(path);
      byPath[key] = (byPath[key] ?? 0) + 1;
      sums.total += 1;
      const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
      perMinute.set(minuteMs, (perMinute.get(minuteMs) ?? 0) + 1);
      if (perMinute.size > MOST_MINUTES) perMinute.delete(perMinute.keys().next().value!);
      moments.add(nowMs);
      countWindows(nowMs);
    },
    refuse: () => {
      sums.throttledByWindows += 1;
    },
    answer: (status) => {
      byStatus[status] = (byStatus[status] ?? 0) + 1;
    },
    lose: () => {
      sums.lost += 1;
    },
    report: () => ({
      ...sums,
      byPath: { ...byPath },
      byStatus: { ...byStatus },
      worst10s: worst[0]!,
      worstHour: worst[1]!,
      worstFixed10s: fixed[0]!.worst,
      worstFixedHour: fixed[1]!.worst,
      perMinute: [...perMinute].map(([startMs, requests]) => ({ startMs, requests })),
      throttled: byStatus[429] ?? 0,
    }),
  };
}
