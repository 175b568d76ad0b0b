import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '@/lib/cli/analyse/report';

const folder = mkdtempSync(join(tmpdir(), 'verdict-analyse-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a shell runs it, called from another folder, as npm leaves it. */
function run(args: readonly string[], input = ''): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'lib/cli/analyse.ts', ...args],
    { input, encoding: 'utf8', maxBuffer: 64_000_000, env: { ...process.env, INIT_CWD: folder } },
  );
  return { code: status, out: stdout, err: stderr };
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const JSON_COUNTS = JSON.stringify({
  days: 14,
  arms: [
    { name: 'A', visitors: 20_000, conversions: 1000, weight: 0.5 },
    { name: 'B', visitors: 20_000, conversions: 1250, weight: 0.5 },
  ],
});
const CSV_COUNTS =
  '\uFEFFvariation;visitors;conversions;weight\r\nA;20000;1000;50\r\nB;20000;1250;50\r\n';

describe('the analyse command', { timeout: 60_000 }, () => {
  it('reads a JSON file beside the caller', () => {
    const { code, out, err } = run([file('counts.json', JSON_COUNTS)]);
    expect([code, err]).toEqual([0, '']);
    expect((JSON.parse(out) as Report).verdict).toMatchObject({ state: 'winner', variation: 'B' });
  });

  it('reads CSV with a byte order mark and semicolons, its days from an option', () => {
    const { code, out, err } = run([file('counts.csv', CSV_COUNTS), '--days', '14']);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual(JSON.parse(run(['counts.json']).out));
  });

  it('reads standard input, with and without a dash', () => {
    const plain = run([], JSON_COUNTS);
    expect(plain.code).toBe(0);
    expect(run(['-'], JSON_COUNTS)).toEqual(plain);
  });

  it('prints a table', () => {
    const { code, out } = run(['--table'], JSON_COUNTS);
    expect(code).toBe(0);
    expect(out).toMatch(/^Verdict: winner: B\n/);
  });

  it.each([
    ['JSON that is none', '{"arms": [}', 'line 1, column 11: not JSON'],
    [
      'more conversions than visitors',
      '{"arms": [\n{"visitors": 5, "conversions": 6}]}',
      'line 2, column 32, arms[0].conversions: is 6, more than the 5 visitors',
    ],
    [
      'a thousand separator',
      'variation,visitors,conversions\nA,"20,000",5\n',
      'line 2, visitors: "20,000" has a thousand separator',
    ],
    ['nothing', '', 'the input is empty'],
  ])('refuses %s with 2 and prints nothing', (_, input, told) => {
    const { code, out, err } = run([], input);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`standard input: ${told}`);
  });

  it('refuses a file that is not there', () => {
    const { code, out, err } = run(['nowhere.json']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('nowhere.json');
  });

  it('takes ten thousand looks', () => {
    const looks = Array.from({ length: 10_000 }, (_, i) => ({
      days: 1 + i / 1000,
      arms: [
        { name: 'A', visitors: 100 + 10 * i, conversions: 5 + Math.floor(i / 2) },
        { name: 'B', visitors: 100 + 10 * i, conversions: 5 + Math.floor(0.52 * i) },
      ],
    }));
    const { code, out } = run([file('looks.json', JSON.stringify({ looks }))]);
    expect(code).toBe(0);
    expect((JSON.parse(out) as Report).looks).toHaveLength(10_000);
  });
});
