import { plain } from '@/lib/cli/verdict/plain';
import type { World } from '@/lib/cli/verdict/world';
import type { Clock } from '@/lib/core/time/clock';

/** What is under way, for a person who waits: on standard error, never in the output. */
export interface Progress {
  /** What goes on right now; on a terminal only, one line that the next one replaces. */
  show(text: string): void;
  /** What is worth a line also where nobody looks; on a terminal like `show`. */
  tell(text: string): void;
  /** Takes its line away. */
  clear(): void;
}

const ERASE = '\r\u001b[K';
/** What is done sooner needs no line. */
const LONG_MS = 1_000;

export function createProgress(
  world: Pick<World, 'err' | 'isErrTerminal' | 'clock'>,
  isQuiet: boolean,
): Progress {
  const { err, isErrTerminal, clock } = world;
  if (isQuiet) return { show() {}, tell() {}, clear() {} };
  const startedMs = clock.monotonicMs();
  let isShown = false;
  const draw = (text: string): void => {
    isShown = true;
    err(`${ERASE}${plain(text)}`);
  };
  return {
    show(text) {
      if (isErrTerminal && isLong(clock, startedMs)) draw(text);
    },
    tell(text) {
      if (isErrTerminal) draw(text);
      else err(`${plain(text)}\n`);
    },
    clear() {
      if (isShown) err(ERASE);
      isShown = false;
    },
  };
}

const isLong = (clock: Clock, startedMs: number): boolean =>
  clock.monotonicMs() - startedMs >= LONG_MS;
