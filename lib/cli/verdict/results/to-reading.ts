import type { Look } from '@/lib/cli/verdict/results/ask';
import type { Subject } from '@/lib/cli/verdict/results/subject';
import { addLook } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { History } from '@/lib/core/analysis/history';
import { questionKey } from '@/lib/core/experiment/question';
import type { Reading } from '@/lib/core/live/reading';

/** The same line as the pages': counts -> analysis -> reading. The history is that of the looks of this very command. */
export function toReading(
  { experiment, method }: Subject,
  look: Look | null,
  before: History,
): { readonly reading: Reading; readonly history: History } {
  const asOfMs = look?.snapshot.asOfMs ?? null;
  const rest = {
    questionKey: questionKey({ subject: { experimentId: experiment.id }, method }),
    experiment,
    sparkline: { variationId: null, points: [] },
    freshness: {
      state: look === null ? 'waiting' : experiment.status === 'active' ? 'live' : 'at-rest',
      asOfMs,
      nextReadingAtMs: null,
      isReading: false,
      problem: null,
    },
    outlook: null,
    plan: null,
    curveRevision: 0,
    notesRevision: 1,
  } as const;
  if (look === null) return { reading: { ...rest, analysis: null }, history: before };
  const { snapshot, proof } = look;
  const history = addLook(before, experiment, { snapshot, source: 'live' }, method, proof);
  const analysis = analyse({ experiment, snapshot, proof, history, method });
  return { reading: { ...rest, analysis }, history };
}
