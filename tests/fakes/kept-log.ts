import type { Log } from '@/lib/server/log/create-log';

export interface KeptLog extends Log {
  readonly lines: readonly { readonly level: keyof Log; readonly message: string }[];
  count(level: keyof Log): number;
}

/** For tests that ask what was logged. */
export function createKeptLog(): KeptLog {
  const lines: { level: keyof Log; message: string }[] = [];
  const at = (level: keyof Log) => (_fields: object, message: string) =>
    void lines.push({ level, message });
  return {
    lines,
    count: (level) => lines.filter((line) => line.level === level).length,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
