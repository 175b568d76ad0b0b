import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** The log writes to the file descriptor itself, so a process of its own is asked. `fields` is source text. */
const written = (fields: string): string =>
  execFileSync(
    process.execPath,
    [
      '--conditions=react-server',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `import { createLog } from './lib/server/log/create-log.ts';
       createLog('debug', ['known/canary']).info(${fields}, 'said');`,
    ],
    { encoding: 'utf8' },
  );

const logged = (fields: object): Record<string, unknown> =>
  JSON.parse(written(JSON.stringify(fields))) as Record<string, unknown>;

describe('the log', () => {
  it('keeps secrets out at any depth, and the kind of a problem in', () => {
    const line = logged({
      code: 'CANARY',
      token: 'CANARY',
      client_secret: 'CANARY',
      headers: { authorization: 'CANARY', Cookie: 'CANARY', 'set-cookie': 'CANARY' },
      answer: { access_token: 'CANARY', refresh_token: 'CANARY' },
      request: {
        init: { headers: [{ 'Proxy-Authorization': 'CANARY', clientSecret: ['CANARY'] }] },
      },
      problem: { code: 'upstream-auth', detail: 'refused' },
    });
    expect(JSON.stringify(line)).not.toContain('CANARY');
    expect(line['problem']).toEqual({ code: 'upstream-auth', detail: 'refused' });
  });

  it('forges no second line from what it is given', () => {
    const text = written(JSON.stringify({ name: 'one\n{"level":"error"}\r\n\u2028two\u0085' }));
    expect(text.trimEnd().split(/[\r\n\u2028\u2029\u0085]/)).toHaveLength(1);
    expect(JSON.parse(text)).toMatchObject({ level: 'info', msg: 'said' });
  });

  it('takes of an error what helps, never what it carries along', () => {
    const text = written(`{ err: Object.assign(
      new TypeError('fetch of https://u:CANARY@api.test/x?client_secret=CANARY failed', {
        cause: Object.assign(new Error('Bearer CANARY refused'), { code: 'ECONNRESET', socket: { auth: 'CANARY' } }),
      }), { config: { headers: { 'x-key': 'CANARY' } } }) }`);
    expect(text).not.toContain('CANARY');
    expect(JSON.parse(text).err).toMatchObject({
      type: 'TypeError',
      cause: { code: 'ECONNRESET', message: 'Bearer [redacted] refused' },
    });
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });
});
