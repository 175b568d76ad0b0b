import type { Counts } from '@/lib/cli/analyse/counts';
import { toMoment } from '@/lib/cli/analyse/moments';
import type { Call } from '@/lib/core/analysis/call';

/** A call with its life, moments said as far as they are known. */
export function toPlainCall(counts: Counts, call: Call) {
  const moment = (atMs: number | null) => (atMs === null ? null : toMoment(counts, atMs));
  return {
    variation: call.variationId,
    state: call.state,
    called: moment(call.calledAtMs),
    isFinal: call.isFinal,
    confirmed: moment(call.confirmedAtMs),
    shaken: moment(call.shakenAtMs),
    bestSince: moment(call.bestSinceMs),
    withdrawn: call.withdrawn && {
      ...{ moment: moment(call.withdrawn.atMs), reason: call.withdrawn.reason },
    },
    events: call.events.map(({ kind, atMs, figures, reason }) => ({
      ...{ kind, moment: moment(atMs), figures, reason },
    })),
  };
}
