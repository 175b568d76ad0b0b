import { createSlidingWindow, WINDOWS } from './sliding-window';

/** What `GET /__sandbox/requests` answers: every API request, refused ones included. */
export interface RequestReport {
  readonly total: number;
  /** By path without version and with ids named, such as `/experiments/{id}/results`. */
  readonly byPath: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** The most requests ever seen within 10 s and within one hour. */
  readonly worst10s: number;
  readonly worstHour: number;
}

export interface RequestLog {
  /** When a request comes in. */
  arrive(path: string, nowMs: number): void;
  /** When it is answered. */
  answer(status: number): void;
  report(): RequestReport;
}

export function createRequestLog(): RequestLog {
  const window = createSlidingWindow();
  const byPath: Record<string, number> = {};
  const byStatus: Record<string, number> = {};
  const [short, long] = WINDOWS;
  let total = 0;
  let worst10s = 0;
  let worstHour = 0;
  return {
    arrive: (path, nowMs) => {
      const key = toPathPattern(path);
      byPath[key] = (byPath[key] ?? 0) + 1;
      total += 1;
      window.add(nowMs);
      worst10s = Math.max(worst10s, window.count(nowMs, short.spanMs));
      worstHour = Math.max(worstHour, window.count(nowMs, long.spanMs));
    },
    answer: (status) => {
      byStatus[status] = (byStatus[status] ?? 0) + 1;
    },
    report: () => ({
      total,
      byPath: { ...byPath },
      byStatus: { ...byStatus },
      worst10s,
      worstHour,
    }),
  };
}

function toPathPattern(path: string): string {
  return path.replace(/^\/v1(?=\/|$)/, '').replace(/\/\d+(?=\/|$)/g, '/{id}');
}
