import type { SetTimer } from './timer';

/** Changes come in bursts: one writing for all that come within this. A crash loses no more. */
const GATHER_MS = 300;

export interface StateKeeper {
  /** Something has changed: it is written soon. */
  mark(): void;
  /** Writes at once what is not written yet; throws when that fails. */
  flush(): void;
}

/** `write` may throw: `onFailure` hears of it, and the next change tries again. */
export function createStateKeeper(
  write: () => void,
  setTimer: SetTimer,
  onFailure: (error: unknown) => void,
): StateKeeper {
  let cancel: (() => void) | undefined;
  let isDirty = false;

  function flush(): void {
    cancel?.();
    cancel = undefined;
    if (!isDirty) return;
    write();
    isDirty = false;
  }

  return {
    mark: () => {
      isDirty = true;
      cancel ??= setTimer(() => {
        try {
          flush();
        } catch (error) {
          onFailure(error);
        }
      }, GATHER_MS);
    },
    flush,
  };
}
