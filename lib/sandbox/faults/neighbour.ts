import type { Window } from '@/lib/sandbox/api/windows';
import { HOUR_MS } from '@/lib/sandbox/clock';
import type { Fault } from './fault';

/** How many requests neighbours have in a window that began at `startMs`. */
export function toBurden(
  neighbours: readonly Fault<'neighbour'>[],
  { spanMs, limit }: Window,
  startMs: number,
  nowMs: number,
): number {
  return neighbours.reduce((sum, { settings, fromMs }) => {
    const share = spanMs === HOUR_MS ? settings.hourShare : settings.tenSecondsShare;
    const passedMs = settings.pace === 'burst' ? spanMs : nowMs - Math.max(startMs, fromMs);
    return sum + Math.floor((share * limit * passedMs) / spanMs);
  }, 0);
}
