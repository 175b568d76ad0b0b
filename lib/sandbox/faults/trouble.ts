import type { About } from './about';
import type { BodyPlan } from './broken-body';
import type { FaultBoard } from './fault-board';
import { toDelay, type Delay } from './latency';

/** What one request meets on its way, drawn once when it comes in. */
export interface Trouble {
  readonly isDown: boolean;
  readonly delay: Delay;
  /** The API takes it, and the connection breaks before the headers. */
  readonly isReset: boolean;
  /** Undefined when the body comes as it should. */
  readonly body: BodyPlan | undefined;
}

export function drawTrouble(about: About, board: FaultBoard): Trouble {
  const resets = board.strikes('reset', about);
  return {
    isDown: board.strike('down', about) !== undefined,
    delay: toDelay(board.strikes('latency', about)),
    isReset: resets.some(({ settings }) => settings.at === 'before'),
    body: toBodyPlan(
      about,
      board,
      resets.find(({ settings }) => settings.at === 'within'),
    ),
  };
}

/** The shortest share wins; a lost connection counts more than an early end. */
function toBodyPlan(
  about: About,
  board: FaultBoard,
  cut: { readonly settings: { readonly share: number } } | undefined,
): BodyPlan | undefined {
  const slow = board.strike('slow-body', about);
  const truncated = board.strike('truncated-body', about);
  if (cut === undefined && slow === undefined && truncated === undefined) return undefined;
  return {
    share: Math.min(truncated?.settings.share ?? 1, cut?.settings.share ?? 1),
    end: cut === undefined ? 'closed' : 'lost',
    spreadMs: slow?.settings.spreadMs ?? 0,
    chunks: slow?.settings.chunks ?? 1,
  };
}
