import type { WindowState } from './rate-limiter';

export type RateHeaders = 'none' | 'ratelimit' | 'x-ratelimit' | 'structured';

/**
 * What remains, told by the window that has the least left: limit and remaining in requests,
 * reset in seconds from now (`RateLimit-*`) or as epoch seconds (`X-RateLimit-*`). The structured
 * form tells of both windows in one field: `RateLimit: "10s";r=48;t=6, "3600s";r=990;t=3100`.
 */
export function toRateHeaders(
  style: RateHeaders,
  windows: readonly WindowState[],
  toldMs: number,
): Record<string, string> {
  if (style === 'none') return {};
  if (style === 'structured') return toStructured(windows);
  const tightest = windows.reduce((a, b) => (b.remaining < a.remaining ? b : a));
  const { limit, remaining, resetMs } = tightest;
  const prefix = style === 'ratelimit' ? 'ratelimit' : 'x-ratelimit';
  const reset =
    style === 'ratelimit' ? Math.ceil(resetMs / 1_000) : Math.ceil((toldMs + resetMs) / 1_000);
  return {
    [`${prefix}-limit`]: String(limit),
    [`${prefix}-remaining`]: String(remaining),
    [`${prefix}-reset`]: String(reset),
  };
}

function toStructured(windows: readonly WindowState[]): Record<string, string> {
  const seconds = (ms: number): number => Math.ceil(ms / 1_000);
  const name = (window: WindowState): string => `"${seconds(window.spanMs)}s"`;
  return {
    ratelimit: windows
      .map((window) => `${name(window)};r=${window.remaining};t=${seconds(window.resetMs)}`)
      .join(', '),
    'ratelimit-policy': windows
      .map((window) => `${name(window)};q=${window.limit};w=${seconds(window.spanMs)}`)
      .join(', '),
  };
}
