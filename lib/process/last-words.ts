import type { Log } from '@/lib/server/log/create-log';

export interface LastWordsOptions {
  readonly process: Pick<NodeJS.Process, 'on'>;
  readonly log: Log;
  /** Ends the process in order. */
  readonly leave: (exitCode: number) => void;
}

export interface LastWords {
  /** Whether this very error was logged here. */
  isTold(value: unknown): boolean;
}

/**
 * What nobody caught is one line of the log. A promise that nobody waited for harms nobody else; after an exception the
 * process may be in any state, so it leaves in order and whoever keeps it running starts it anew.
 */
export function keepLastWords({ process, log, leave }: LastWordsOptions): LastWords {
  const told = new WeakSet<object>();
  process.on('unhandledRejection', (reason) => {
    if (reason instanceof Error) told.add(reason);
    log.error({ err: reason }, 'a promise failed and nobody was waiting for it');
  });
  process.on('uncaughtException', (error) => {
    told.add(error);
    log.error({ err: error }, 'an exception was not caught; the process leaves');
    leave(1);
  });
  return { isTold: (value) => value instanceof Error && told.has(value) };
}

type Console = Pick<typeof globalThis.console, 'error' | 'warn' | 'info' | 'log' | 'debug'>;

/** What libraries say on the console becomes lines of the log, without secrets and one for each; Next repeats last words. */
export function captureConsole(console: Console, log: Log, { isTold }: LastWords): void {
  const said = (values: readonly unknown[]) => ({ said: values.slice(0, 10) });
  const pass =
    (level: keyof Log) =>
    (...values: unknown[]): void => {
      if (!values.some(isTold)) log[level](said(values), 'said by a library');
    };
  Object.assign(console, {
    error: pass('error'),
    warn: pass('warn'),
    info: pass('debug'),
    log: pass('debug'),
    debug: pass('debug'),
  });
}
