import 'server-only';
import pino from 'pino';
import type { LogLevel } from '@/lib/server/config/read-config';

/** One line of JSON an event. Messages name what happened; values go into fields, never into the message. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Names whose values never reach a log, at the top or one level down. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'set-cookie',
  'clientSecret',
  'client_secret',
  'accessToken',
  'access_token',
  'refresh_token',
  'token',
  'code_verifier',
];

export const createLog = (level: LogLevel): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        ...SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]),
        // An authorisation code; one level down, `code` is what kind of problem or fault it was.
        '["code"]',
      ],
      censor: '[redacted]',
    },
  });
