import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** The log writes to the file descriptor itself, so a process of its own is asked. */
const logged = (fields: object): Record<string, unknown> =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--conditions=react-server',
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        `import { createLog } from './lib/server/log/create-log.ts';
         createLog('debug').info(${JSON.stringify(fields)}, 'said');`,
      ],
      { encoding: 'utf8' },
    ),
  ) as Record<string, unknown>;

describe('the log', () => {
  it('keeps secrets out, at the top and one level down, and the kind of a problem in', () => {
    const line = logged({
      code: 'CANARY',
      token: 'CANARY',
      client_secret: 'CANARY',
      headers: { authorization: 'CANARY', cookie: 'CANARY', 'set-cookie': 'CANARY' },
      answer: { access_token: 'CANARY', refresh_token: 'CANARY' },
      problem: { code: 'upstream-auth', detail: 'refused' },
    });
    expect(JSON.stringify(line)).not.toContain('CANARY');
    expect(line['problem']).toEqual({ code: 'upstream-auth', detail: 'refused' });
  });

  it('forges no second line from what it is given', () => {
    expect(logged({ name: 'one\n{"level":60}\r\n' })['msg']).toBe('said');
  });
});
