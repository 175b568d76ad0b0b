import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import { runVerdict } from '@/lib/cli/verdict/run';
import type { Connect, World } from '@/lib/cli/verdict/world';
import { createFakeClock, type FakeClock } from '@/tests/fakes/clock';
import { createFakeApi, type FakeApi } from '@/tests/fakes/automation-api';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Shell {
  readonly fake: FakeApi;
  readonly clock: FakeClock;
  readonly folder: string;
  readonly stop: AbortController;
  run(...args: string[]): Promise<Said>;
  json(...args: string[]): Promise<Record<string, unknown>>;
}

/** The whole shell over an API in memory, in a folder of its own. One project: 10, code `shop000001`. */
export function createShell(given: Partial<World> & { readonly connect?: Connect } = {}): Shell {
  const fake = createFakeApi();
  fake.rows.sites.set('10', {
    id: '10',
    code: 'shop000001',
    name: 'Shop',
    url: 'https://shop.example',
  });
  const clock = createFakeClock();
  const folder = mkdtempSync(join(tmpdir(), 'verdict-shell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const stop = new AbortController();
  const connect: Connect = () => ({
    ok: true,
    connection: {
      api: fake.api,
      baseUrl: 'http://127.0.0.1:1',
      nowMs: () => clock.nowMs(),
      close: async () => {},
    },
  });
  const run = async (...args: string[]): Promise<Said> => {
    let out = '';
    let err = '';
    const code = await runVerdict(args, {
      env: {},
      folder,
      isOutTerminal: false,
      isErrTerminal: false,
      clock,
      signal: stop.signal,
      connect,
      ...given,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
    });
    return { code, out, err };
  };
  return {
    ...{ fake, clock, folder, stop, run },
    json: async (...args) =>
      JSON.parse((await run(...args, '--json')).out) as Record<string, unknown>,
  };
}

/** Words of a line as a POSIX shell splits them: blanks, single quotes, a backslash outside of them. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === "'") {
      isQuoted = !isQuoted;
      word ??= '';
    } else if (isQuoted) word = (word ?? '') + sign;
    else if (sign === '\\') word = (word ?? '') + (line[(at += 1)] ?? '');
    else if (sign === ' ') {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + sign;
  }
  return word === null ? words : [...words, word];
}

/** Any letters at all, control characters and lone halves of letters among them. */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 0xff }),
        fc.integer({ min: 0x2000, max: 0x206f }),
        fc.integer({ min: 0, max: 0x10ffff }),
      ),
      { maxLength },
    )
    .map((codes) => String.fromCodePoint(...codes));
