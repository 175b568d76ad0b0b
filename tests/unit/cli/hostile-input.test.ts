import { describe, expect, it } from 'vitest';
import { runAnalyse } from '@/lib/cli/analyse/run';
import { runCheck } from '@/lib/cli/vectors/run-check';

/** What `analyse` says to a text, as a shell would see it. */
function said(text: string, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = runAnalyse(args, {
    readText: () => text,
    out: (more) => (out += more),
    err: (more) => (err += more),
  });
  return { code, out, err };
}

const refused = (err: unknown) => ({ code: 2, out: '', err });
const CLEAR = JSON.stringify({
  days: 14,
  arms: [
    { name: 'A', visitors: 20_000, conversions: 1000 },
    { name: 'B', visitors: 20_000, conversions: 1250 },
  ],
});

describe('analyse of hostile input', () => {
  it('reads a name of ten million letters instead of breaking down', () => {
    const long = CLEAR.replace('"A"', `"${'x'.repeat(10_000_000)}"`);
    expect(said(long, '--reference', 'B').code).toBe(0);
  });

  it('reads quotes and backslashes in names as JSON does, and refuses what JSON refuses', () => {
    const named = (name: string) => said(CLEAR.replace('"A"', name));
    for (const name of ['"a\\\\"', '"a\\"b"', '"\\\\\\""', '"\\u00e9 {}[],:"'])
      expect(JSON.parse(named(name).out)).toMatchObject({ reference: JSON.parse(name) as string });
    for (const name of ['"a\\"', '"\\x"', '"\\u12"', '"a\nb"', '"a'])
      expect(named(name)).toEqual(refused(expect.stringContaining('not JSON')));
  });

  it('refuses more than it can hold, and what is no text, before it begins', () => {
    expect(said(' '.repeat(16_000_001))).toEqual(refused(expect.stringContaining('too large')));
    expect(said('v\0a\0r\0')).toEqual(refused(expect.stringContaining('UTF-8 expected')));
    const row = (look: number) => `${look},A,9,1\n${look},B,9,1\n`;
    const rows = Array.from({ length: 50_001 }, (_, look) => row(look)).join('');
    expect(said(`days,variation,visitors,conversions\n${rows}`)).toEqual(
      refused('standard input: line 100002: more than 50000 looks\n'),
    );
  });

  it('refuses weights whose sum is beyond numbers, instead of calling the arms empty', () => {
    const weighed = CLEAR.replaceAll('"visitors"', '"weight":1e308,"visitors"');
    expect(said(weighed)).toEqual(refused(expect.stringContaining('weight: must be at least 0')));
  });

  it('takes the reference by its place on the command line, too, but a name first', () => {
    const chosen = (text: string, ...args: string[]) =>
      JSON.parse(said(text, ...args).out) as object;
    expect(chosen(CLEAR, '--reference', '1')).toMatchObject({ reference: 'B' });
    expect(chosen(CLEAR.replace('"A"', '"1"'), '--reference=1')).toMatchObject({ reference: '1' });
    expect(said(CLEAR, '--reference=2')).toEqual(
      refused(expect.stringContaining('one of the arms')),
    );
  });

  it('gives a switch no value', () => {
    expect(said(CLEAR, '--table=no')).toEqual(refused('standard input: --table: takes no value\n'));
  });

  it('tells the level of each comparison before there is an interval', () => {
    const few = { visitors: 100, conversions: 5 };
    const { arms } = JSON.parse(said(JSON.stringify({ arms: [few, few, few] })).out) as {
      arms: { comparison: { alpha: number } | null }[];
    };
    expect(arms.map(({ comparison }) => comparison?.alpha)).toEqual([undefined, 0.025, 0.025]);
  });
});

describe('check-vectors of hostile input', () => {
  const run = (text: string, ...names: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const shell = {
      readText: () => text,
      out: (s: string) => out.push(s),
      err: (s: string) => err.push(s),
    };
    return { code: runCheck(names, shell), out, err };
  };
  const PAIR =
    '{"control":{"visitors":9,"conversions":1},"treatment":{"visitors":9,"conversions":2}}';
  const oneCase = (group: string, expected: string) =>
    run(`{"cases":[{"id":"a","group":${group},"input":${PAIR},"expected":${expected}}]}`, 'a.json');

  it('passes no case that compares nothing', () => {
    for (const expected of ['{}', '{"__proto__":{"p":1}}'])
      expect(oneCase('"two_prop"', expected)).toMatchObject({
        code: 1,
        out: ['two_prop 0 1 Infinity', 'total 0 passed, 1 failed'],
      });
  });

  it('knows no group by a name that every object has', () => {
    for (const group of ['__proto__', 'constructor', 'toString'])
      expect(oneCase(`"${group}"`, '{"p":1}').out).toEqual([
        `${group} 0 1 Infinity`,
        'total 0 passed, 1 failed',
      ]);
  });

  it('keeps a group to one line of four columns, whatever it is called', () => {
    const { out } = oneCase(JSON.stringify('x y\ntotal 9 passed, 0 failed'), '{"p":1}');
    expect(out).toHaveLength(2);
    expect(out[0]?.split(/\s/)).toHaveLength(4);
  });

  it('explains itself when asked, and takes no other option for a file', () => {
    expect(run('', '--help')).toMatchObject({ code: 0, err: [] });
    expect(run('', '--table')).toMatchObject({ code: 2, out: [] });
  });
});
