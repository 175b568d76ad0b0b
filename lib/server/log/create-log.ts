import 'server-only';
import pino from 'pino';
import type { LogLevel } from '@/lib/server/config/read-config';
import { createScrub } from '@/lib/server/log/scrub';

/** One line of JSON an event. Messages name what happened; values go into fields, never into the message. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** `secrets`: values that must not appear, wherever they turn up. */
export function createLog(level: LogLevel, secrets: readonly string[] = []): Log {
  const scrub = createScrub(secrets);
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Done already, and pino's own would look into it again.
    serializers: { err: (fault: unknown) => fault },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => withoutCode(scrub(fields) as Record<string, unknown>),
    },
  });
}

/** At the top `code` is an authorisation code; further down it is what kind of problem or fault it was. */
const withoutCode = (fields: Record<string, unknown>): Record<string, unknown> =>
  'code' in fields ? { ...fields, code: '[redacted]' } : fields;
