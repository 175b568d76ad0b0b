/** Runs a task later; what it returns takes it back. Injected, so that a test can hold time still. */
export type SetTimer = (task: () => void, delayMs: number) => () => void;

export const wallTimer: SetTimer = (task, delayMs) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export function wait(setTimer: SetTimer, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  if (delayMs <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      cancel();
      reject(signal.reason as Error);
    };
    const cancel = setTimer(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', leave, { once: true });
  });
}
