import { Random } from '@/lib/sandbox/world/random';
import type { Strike } from './fault-board';

/** How long the strikes hold a request up before the API sees it, and its answer after that. */
export interface Delay {
  readonly requestMs: number;
  readonly answerMs: number;
}

export function toDelay(strikes: readonly Strike<'latency'>[]): Delay {
  let [requestMs, answerMs] = [0, 0];
  for (const { settings, seed } of strikes) {
    const { fixedMs, tailMedianMs, tailSigma, where } = settings;
    const tailMs = tailMedianMs * Math.exp(tailSigma * new Random(seed).normal());
    const delayMs = Math.round(fixedMs + tailMs);
    if (where === 'request') requestMs += delayMs;
    else answerMs += delayMs;
  }
  return { requestMs, answerMs };
}
