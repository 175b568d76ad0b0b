import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect } from '@/lib/cli/verdict/connect';
import { createShell } from './shell';
import { createWire, SECRET } from './wire';

const refusal = (status: number, message: string) => ({
  status,
  body: { status: 'ERROR', message, timestamp: '2026-06-19T22:19:21' },
});

const oneLine = (text: string): string => {
  expect(text.endsWith('\n')).toBe(true);
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(text).not.toMatch(/\n\s+at |ProblemError|undefined/);
  expect(text).not.toContain(SECRET);
  return text;
};

describe('failures, one clear line each', () => {
  it.each([
    ['an unknown id', refusal(404, 'No experiment 7.'), /No experiment 7\. Check the id\./],
    [
      'a missing right',
      refusal(403, 'Access denied.'),
      /Access denied\. These credentials have no right/,
    ],
    [
      'a lock',
      refusal(423, 'Ada edits it.'),
      /Ada edits it\. Somebody edits it in Kameleoon; try again/,
    ],
    [
      'a dead token',
      refusal(401, 'Token expired.'),
      /Check KAMELEOON_CLIENT_ID and KAMELEOON_CLIENT_SECRET/,
    ],
    ['malformed JSON', { text: '{"id":' }, /the answer is broken JSON/],
    ['another form', { body: [1] }, /does not fit its form/],
    ['a page instead of JSON', { text: '<html>' }, /the answer is broken JSON/],
  ])('tells %s, and nothing more is asked', async (_, answer, said) => {
    const wire = await createWire((asked) => (asked.includes('/experiments/7') ? answer : {}));
    const { code, out, err } = await wire.run('experiments', 'launch', '7');
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(oneLine(err)).toMatch(said);
    expect(wire.asked.every((asked) => asked.startsWith('GET '))).toBe(true);
  });

  it('tells credentials that are refused', async () => {
    const wire = await createWire(() => ({ status: 401, body: { error: 'invalid_client' } }));
    const { code, err } = await wire.run('whoami');
    expect(code).toBe(1);
    expect(oneLine(err)).toContain('Check KAMELEOON_CLIENT_ID and KAMELEOON_CLIENT_SECRET');
  });

  it('tells the same as one JSON document', async () => {
    const wire = await createWire((asked) =>
      asked.includes('/experiments/7') ? refusal(404, 'No \u001b[31mexperiment 7.') : {},
    );
    const { code, out } = await wire.run('experiments', 'show', '7', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'upstream-not-found',
        message: expect.stringContaining('No [31mexperiment 7.') as string,
        next: 'Check the id',
        retryable: false,
        status: 404,
        field: null,
      },
    });
  });

  it.each([
    [{}, ['KAMELEOON_CLIENT_ID is not set', 'KAMELEOON_CLIENT_SECRET is not set']],
    [{ KAMELEOON_CLIENT_ID: 'x' }, ['KAMELEOON_CLIENT_SECRET is not set']],
    [
      {
        ...{ KAMELEOON_CLIENT_ID: 'x', KAMELEOON_CLIENT_SECRET: SECRET },
        KAMELEOON_API_URL: 'http://api.kameleoon.com',
      },
      ['KAMELEOON_API_URL is plain HTTP'],
    ],
  ])('names each setting that is missing or wrong: %j', async (env, names) => {
    const shell = createShell({ connect, env });
    const { code, err } = await shell.run('whoami');
    expect(code).toBe(2);
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(names.length);
    names.forEach((name, at) => expect(lines[at]).toContain(name));
    expect(err).not.toContain(SECRET);
  });

  it('refuses plain HTTP given as --api before anything is sent', async () => {
    const env = { KAMELEOON_CLIENT_ID: 'x', KAMELEOON_CLIENT_SECRET: SECRET };
    const shell = createShell({ connect, env });
    const { code, err } = await shell.run('whoami', '--api', 'http://api.kameleoon.com');
    expect(code).toBe(2);
    expect(oneLine(err)).toContain('https://api.kameleoon.com');
  });

  it('tells that nobody listens', async () => {
    const env = {
      ...{ KAMELEOON_CLIENT_ID: 'x', KAMELEOON_CLIENT_SECRET: SECRET },
      KAMELEOON_API_URL: 'http://127.0.0.1:9',
    };
    const { code, err } = await createShell({ connect, env }).run('whoami');
    expect(code).toBe(1);
    expect(oneLine(err)).toContain('Check KAMELEOON_API_URL and the network');
  });

  it.each([
    [['experiments', 'show', '12x'], 'is no id'],
    [['experiments', 'lst'], 'unknown command'],
    [['results', '7', '--nope'], 'unknown option'],
    [['results'], "missing required argument 'id'"],
    [['results', '7', '--from', 'yesterday'], 'is no date'],
    [['results', '7', '--visits', '--visitors'], 'not both'],
    [['results', '7', '--by', 'mood'], 'use one of device'],
    [['results', '7', '--watch', '--every', '1'], 'from 30'],
    [['goal', 'create', '--name', 'x', '--type', 'URL'], '--site is missing'],
    [['variation', 'push', '901', '--dir', 'x'], 'was never pulled'],
  ])('answers wrong usage with 2 and asks nothing: %j', async (args, said) => {
    const shell = createShell();
    const { code, err } = await shell.run(...args);
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(shell.fake.calls).toEqual([]);
  });

  it('leaves no half-written file where a pull breaks off', async () => {
    const wire = await createWire((asked) => {
      if (asked.startsWith('GET /variations/901'))
        return { body: { id: 901, name: 'A', jsCode: 'a' } };
      if (asked.startsWith('GET /variations/902')) return { text: '{"id":902,"jsCo' };
      return {};
    });
    writeFileSync(join(wire.folder, 'kept'), '');
    const { code, err } = await wire.run('variation', 'pull', '901', '902', '--dir', '.');
    expect(code).toBe(1);
    oneLine(err);
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(wire.folder)).toEqual(['kept']);
  });
});

describe('a dry run', () => {
  it('sends nothing that writes, whatever the command, and tells each call with its body', async () => {
    const wire = await createWire((asked) => {
      if (asked.startsWith('GET /sites/10')) return { body: { id: 10, code: 'shop000001' } };
      if (asked.startsWith('GET /experiments/7'))
        return { body: { id: 7, name: 'X', status: 'draft' } };
      return {};
    });
    writeFileSync(join(wire.folder, 'a.js'), 'a()');
    const create = ['--site', '10', '--name', 'N', '--url', 'https://x.example', '--variation'];
    const runs = [
      ['experiments', 'create', ...create, 'A=a.js', '--variation', 'B', '--launch'],
      ['experiments', 'launch', '7'],
      ['goal', 'create', '--site', '10', '--name', 'G', '--type', 'CUSTOM'],
    ];
    for (const args of runs) {
      const { code, out, err } = await wire.run(...args, '--dry-run');
      expect(err).toBe('');
      expect(code).toBe(0);
      expect(out).toContain('nothing was written');
    }
    expect(wire.asked.filter((asked) => !asked.startsWith('GET '))).toEqual([]);
    const told = await wire.json(...(runs[0] ?? []), '--dry-run');
    const { calls, requests } = told['dryRun'] as {
      calls: { method: string; path: string; body: unknown; kind: string }[];
      requests: { all: number; sent: number };
    };
    const writes = calls.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /experiments',
      'PATCH /variations/<new variation>',
      'POST /variations',
      'PATCH /variations/<new variation 2>',
      'PATCH /experiments/<new experiment>',
      'PATCH /experiments/<new experiment>?action=ACTIVATE',
    ]);
    expect(writes[1]?.body).toEqual({ name: 'A', jsCode: 'a()' });
    expect(writes[4]?.body).toMatchObject({ variations: ['<new variation>', '<new variation 2>'] });
    // All calls and the token.
    expect(requests).toEqual({ all: calls.length + 1, sent: 2 });
  });
});
