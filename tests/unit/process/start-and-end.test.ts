import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtBasePath, findBasePathFault } from '@/lib/process/built-base-path';
import { captureConsole, keepLastWords } from '@/lib/process/last-words';
import type { Log } from '@/lib/server/log/create-log';

const keepLog = () => {
  const lines: [string, object, string][] = [];
  const say = (level: string) => (fields: object, message: string) =>
    void lines.push([level, fields, message]);
  const log: Log = {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
  };
  return { log, lines };
};

describe('what nobody caught', () => {
  it('is one line, and after an exception the process leaves with 1', () => {
    const { log, lines } = keepLog();
    const exits: number[] = [];
    const process = new EventEmitter();
    const options = { process: process as never, log, leave: (code: number) => exits.push(code) };
    const { isTold } = keepLastWords({ ...options, leave: (code) => void options.leave(code) });
    const first = new Error('first');
    process.emit('unhandledRejection', first);
    expect([isTold(first), isTold(new Error('first')), isTold('x')]).toEqual([true, false, false]);
    expect(exits).toEqual([]);
    process.emit('uncaughtException', new Error('second'));
    expect(exits).toEqual([1]);
    expect(lines.map(([level]) => level)).toEqual(['error', 'error']);
  });
});

describe('what libraries say on the console', () => {
  it('is said by the log, once', () => {
    const { log, lines } = keepLog();
    const console = { ...globalThis.console };
    const repeated = new Error('told already');
    captureConsole(console, log, { isTold: (value) => value === repeated });
    console.error('uncaughtException:', repeated);
    console.error('a', new Error('b'));
    console.warn('c');
    console.log('d');
    expect(lines.map(([level]) => level)).toEqual(['error', 'warn', 'debug']);
    expect(lines[0]?.[1]).toEqual({ said: ['a', new Error('b')] });
  });
});

describe('a build for another path', () => {
  it('is refused in one line that says what to do', () => {
    const dir = mkdtempSync(join(tmpdir(), 'verdict-build-'));
    try {
      expect(builtBasePath(dir)).toBeNull();
      mkdirSync(join(dir, '.next'));
      writeFileSync(join(dir, '.next/routes-manifest.json'), '{"version":3,"basePath":"/verdict"}');
      expect(builtBasePath(dir)).toBe('/verdict');
    } finally {
      rmSync(dir, { recursive: true });
    }
    expect(findBasePathFault('/verdict', '/verdict')).toBeNull();
    // That there is no build is said by who looks for one.
    expect(findBasePathFault('', null)).toBeNull();
    expect(findBasePathFault('', '/verdict')).toBe(
      'Verdict cannot start: it is built for /verdict, and BASE_PATH says the root. Run: npm run build',
    );
  });
});
