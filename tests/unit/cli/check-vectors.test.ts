import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCheck } from '@/lib/cli/vectors/run-check';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FIXTURES = `${ROOT}tests/fixtures/stats/`;

interface Fixture {
  readonly group: string;
  readonly accept: object;
  readonly cases: readonly { readonly id: string; readonly expected: object }[];
}
const fixture = (name: string): Fixture =>
  JSON.parse(readFileSync(`${FIXTURES}${name}.json`, 'utf8')) as Fixture;

/** A file of whole groups, as `stats-vectors.json` has them. */
function vectorsOf(names: readonly string[], more: object = {}) {
  const groups = names.map(fixture);
  return {
    meta: { accept: Object.fromEntries(groups.map(({ group, accept }) => [group, accept])) },
    cases: groups.flatMap(({ cases }) => cases),
    ...more,
  };
}

/** Runs the command on a text, as a shell would. */
function run(text: string | null, names: readonly string[] = ['vectors.json']) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = runCheck(names, {
    readText: () => {
      if (text === null) throw new Error('ENOENT: no such file');
      return text;
    },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err };
}
const check = (file: object) => run(JSON.stringify(file));

/** One case with some of its expectation changed. */
const changed = (name: string, expected: object, place = 0) => {
  const { cases } = fixture(name);
  const one = cases[place];
  return { ...one, expected: { ...one?.expected, ...expected } };
};

describe('check-vectors', () => {
  it('prints a line a group in the order of the file, then the total', () => {
    const { code, out, err } = check(vectorsOf(['welch', 'two-prop', 'adjust-p']));
    expect(code).toBe(0);
    expect(err).toEqual([]);
    expect(out).toHaveLength(4);
    expect(out[0]).toMatch(/^welch 4 0 \d\.\de-\d+$/);
    expect(out[1]).toMatch(/^two_prop 19 0 \d\.\de-\d+$/);
    expect(out[2]).toMatch(/^adjust_p 4 0 \d\.\de-\d+$/);
    expect(out[3]).toBe('total 27 passed, 0 failed');
  });

  it('has a line for the published examples too, last', () => {
    const file = { ...fixture('published'), cases: fixture('mde').cases };
    const { code, out } = check(file);
    expect(code).toBe(0);
    expect(out.map((line) => line.split(' ')[0])).toEqual(['mde', 'published', 'total']);
    expect(out[1]).toMatch(/^published 15 0 /);
  });

  it('fails a value just outside its tolerance and names case, field and both numbers', () => {
    const within = changed('mde', { mde_abs: 0.004999974818773117 * (1 + 9e-7) });
    const outside = changed('mde', { mde_abs: 0.004999974818773117 * (1 + 2e-6) });
    const meta = { accept: { mde: { rel: 1e-6 } } };
    expect(check({ meta, cases: [within] }).code).toBe(0);
    const { code, out, err } = check({ meta, cases: [within, outside] });
    expect(code).toBe(1);
    expect(out[0]).toMatch(/^mde 1 1 \d/);
    expect(out[1]).toBe('total 1 passed, 1 failed');
    expect(err[0]).toMatch(/^mde mde-01: mde_abs: 0\.00499997\d+ instead of 0\.0049999/);
  });

  it('falls back to the tolerance of the case where the file accepts nothing for its group', () => {
    const off = changed('mde', { mde_abs: 0.004999974818773117 * (1 + 1e-8) });
    expect(check({ cases: [off] }).code).toBe(1);
    expect(check({ cases: [{ ...off, tol: { rel: 1e-7 } }] }).code).toBe(0);
  });

  it('wants null where nothing is defined, and a number where something is', () => {
    const place = fixture('two-prop').cases.findIndex(
      ({ expected }) => 'p_pooled' in expected && expected.p_pooled === null,
    );
    expect(check({ cases: [changed('two-prop', { p_pooled: 1 }, place)] }).code).toBe(1);
    const { code, out } = check({ cases: [changed('two-prop', { lift: null })] });
    expect(code).toBe(1);
    expect(out[0]).toBe('two_prop 0 1 Infinity');
  });

  it('fails a case that expects something we do not compute', () => {
    const { code, err } = check({ cases: [changed('welch', { kurtosis: 3 })] });
    expect(code).toBe(1);
    expect(err).toEqual(['welch welch-01: kurtosis is not something we compute']);
  });

  it('fails every case of a group it does not know, whatever the name', () => {
    const cases = ['astrology', 'toString', 'astrology'].map((group, i) => ({
      id: `x-${i}`,
      group,
      input: {},
      expected: { sign: 1 },
    }));
    const { code, out } = check({ cases });
    expect(code).toBe(1);
    expect(out).toEqual([
      'astrology 0 2 Infinity',
      'toString 0 1 Infinity',
      'total 0 passed, 3 failed',
    ]);
  });

  it('goes on after a case whose input cannot be read', () => {
    const broken = { ...fixture('e-bh').cases[0], input: { e: 'many' } };
    const { code, out, err } = check({ cases: [broken, ...fixture('e-bh').cases] });
    expect(code).toBe(1);
    expect(out[0]).toBe('e_bh 3 1 Infinity');
    expect(err[0]).toMatch(/^e_bh e_bh-01: input: .*expected array.*at e/);
  });

  it('says what is wrong with a file that is none, and leaves with 2', () => {
    expect(run(null)).toMatchObject({
      code: 2,
      out: [],
      err: ['vectors.json: cannot be read: ENOENT: no such file'],
    });
    expect(run('{').err[0]).toMatch(/^vectors\.json: no vectors: not JSON: /);
    expect(run('[]').err[0]).toMatch(/no vectors: the whole: /);
    expect(run('{"cases":[{"id":7}]}').err[0]).toMatch(/cases\.0\.id: .*string/);
    expect(run('{}').err[0]).toMatch(/holds no cases/);
    for (const text of ['{', '[]', '{}', '{"cases":[{"id":7}]}']) expect(run(text).code).toBe(2);
  });

  it('says how it is used when it is given no file or two', () => {
    expect(run('{}', []).code).toBe(2);
    expect(run('{}', ['a', 'b']).err[0]).toMatch(/^usage: check-vectors FILE/);
  });

  it('runs from a shell, by a name relative to the caller, and from standard input', () => {
    const args = ['--import', 'tsx', 'lib/cli/check-vectors.ts'];
    const env = { ...process.env, INIT_CWD: FIXTURES };
    const here = execFileSync(process.execPath, [...args, 'published.json'], { cwd: ROOT, env });
    expect(String(here)).toMatch(/^published 15 0 \S+\ntotal 15 passed, 0 failed\n$/);
    const piped = spawnSync(process.execPath, [...args, '-'], { cwd: ROOT, env, input: '{' });
    expect(piped.status).toBe(2);
    expect(String(piped.stdout)).toBe('');
    expect(String(piped.stderr)).toMatch(/^-: no vectors/);
  });
});
