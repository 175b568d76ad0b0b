import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogue } from '@/lib/sandbox/world/catalogue/catalogue';
import { readJsonLines } from '@/lib/server/config/json-lines';
import { readPlans } from '@/lib/server/config/plans-file';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-plans-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The plans of a file, and what is said of its faults. */
const read = (text: string | null) => {
  const path = join(dir, 'plans.json');
  if (text !== null) writeFileSync(path, text);
  const faults: string[] = [];
  const plans = readPlans(path, (variable, fault, fix) =>
    faults.push(`${variable} ${fault}; ${fix}`),
  );
  return { plans: [...plans], faults };
};

const FIX = 'correct that line, see "Plans" in docs/running.md';

describe('the file of plans', () => {
  it('gives what was planned, and leaves the rest to the defaults', () => {
    const { plans, faults } = read(`[
      { "experiment": 188402, "plannedVisitors": 60000, "plannedEffect": 0.1, "maxOrderValue": 500 },
      { "experiment": "9007199254740993", "smallestEffect": 0.02,
        "goals": [{ "goal": 312003, "role": "guardrail", "better": "lower" }, { "goal": "7" }] },
      { "experiment": 3 }
    ]`);
    expect(faults).toEqual([]);
    expect(plans).toEqual([
      ['188402', { plannedEnd: 60000, plannedEffect: 0.1, maxOrderValue: 500 }],
      [
        '9007199254740993',
        {
          smallestEffect: 0.02,
          goals: {
            312003: { role: 'guardrail', better: 'lower' },
            7: { role: 'secondary', better: 'higher' },
          },
        },
      ],
      ['3', {}],
    ]);
  });

  it('is not needed', () => {
    const plans = readPlans(undefined, () => expect.fail('there is nothing wrong'));
    expect(plans.size).toBe(0);
  });

  it('tells every fault with its line and field, and plans nothing then', () => {
    const { plans, faults } = read(`[
  { "experiment": 1, "plannedVisitors": 10 },
  { "experiment": 2,
    "plannedEffect": 5,
    "plannedVisitor": 60000 },
  { "plannedVisitors": 1000 },
  {
    "experiment": 9007199254740993,
    "goals": [
      { "goal": 7 },
      { "goal": 8, "role": "main", "better": "up" }
    ],
    "maxOrderValue": 0
  }
]`);
    expect(plans).toEqual([]);
    expect(faults).toEqual(
      [
        'line 2: [0].plannedVisitors is not a whole number of people, from 100 to 1,000,000,000',
        'line 4: [1].plannedEffect is no fraction above 0 and at most 1: write 5 % as 0.05',
        'line 5: [1].plannedVisitor is not known',
        'line 6: [2].experiment is not an id: use its digits, in quotes where they are more than 15',
        'line 8: [3].experiment is not an id: use its digits, in quotes where they are more than 15',
        'line 11: [3].goals[1].role is neither "secondary" nor "guardrail"',
        'line 11: [3].goals[1].better is neither "higher" nor "lower"',
        'line 13: [3].maxOrderValue is not a number above 0',
      ].map((fault) => `PLANS_FILE ${fault}; ${FIX}`),
    );
  });

  it('refuses to choose between two plans for one experiment, or two roles of one goal', () => {
    const { faults } = read(`[
  { "experiment": 1, "goals": [{ "goal": 7 },
    { "goal": "7", "role": "guardrail" }] },
  { "experiment": "1" }
]`);
    expect(faults).toEqual([
      `PLANS_FILE line 3: goal 7 is named twice; ${FIX}`,
      `PLANS_FILE line 4: experiment 1 is planned twice; ${FIX}`,
    ]);
  });

  it.each([
    ['{"experiment": 1}', 'line 1: the whole is not a list of plans'],
    ['[\n  {"experiment": 1},\n]', 'holds no JSON: line 3 cannot be read'],
    ['[\n  {"experiment": 1}', 'holds no JSON: line 2 cannot be read'],
  ])('says what is wrong with %j', (text, fault) => {
    expect(read(text).faults).toEqual([`PLANS_FILE ${fault}; ${FIX}`]);
  });

  it('says that it cannot be read', () => {
    expect(read(null).faults).toEqual([
      'PLANS_FILE names a file that cannot be read; give the path of a readable JSON file',
    ]);
  });

  it('of the demo is sound, and speaks of experiments and goals that the sandbox has', () => {
    const path = fileURLToPath(new URL('../../../../lib/process/demo-plans.json', import.meta.url));
    const plans = readPlans(path, (_, fault) => expect.fail(fault));
    const { experiments } = createCatalogue(Date.UTC(2026, 4, 20), 1);
    expect(plans.size).toBeGreaterThan(2);
    for (const [id, { goals = {} }] of plans) {
      const experiment = experiments.find((one) => String(one.id) === id);
      expect(experiment?.goals.map(String)).toEqual(expect.arrayContaining(Object.keys(goals)));
    }
  });
});

describe('lines of JSON', () => {
  it('are those on which a value stands, whatever is written around it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify(value, null, indent);
        const located = readJsonLines(text);
        expect(located.ok && located.value).toEqual(value);
        if (!located.ok) return;
        const lines = text.split('\n');
        const walk = (part: unknown, path: readonly PropertyKey[]): void => {
          const line = lines[located.lineOf(path) - 1] ?? '';
          if (typeof part !== 'object' || part === null) {
            expect(line).toContain(JSON.stringify(part));
            return;
          }
          for (const [key, one] of Object.entries(part)) {
            if (!Array.isArray(part)) expect(lines.join('')).toContain(JSON.stringify(key));
            walk(one, [...path, Array.isArray(part) ? Number(key) : key]);
          }
        };
        walk(value, []);
      }),
    );
  });
});
