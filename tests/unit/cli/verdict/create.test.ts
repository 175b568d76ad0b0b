import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toProblem } from '@/lib/core/problem/problem';
import { createShell, splitWords, type Shell } from './shell';

const GREEN = 'document.title = "it\'s green";\r\n';
const COMMAND = [
  ...['experiments', 'create', '--site', 'shop000001', '--name', "Ada's buttons"],
  ...['--url', 'https://shop.example/p', '--variation', 'Green=green.js,green.css'],
  ...[
    '--variation',
    'Big & bold=bold.js',
    '--variation',
    'Plain',
    '--goal',
    'Paid',
    '--goal',
    '72',
  ],
  ...['--segment', '80', '--split', '40/20/20/20', '--launch'],
];

function prepare(): Shell {
  const shell = createShell();
  writeFileSync(join(shell.folder, 'green.js'), GREEN);
  writeFileSync(join(shell.folder, 'green.css'), 'a { color: green }');
  writeFileSync(join(shell.folder, 'bold.js'), '\ufeffbold()');
  const { goals, segments } = shell.fake.rows;
  goals.set('71', { id: '71', name: 'Paid', siteId: '10' });
  goals.set('72', { id: '72', name: 'Seen', siteId: '10' });
  goals.set('73', { id: '73', name: 'Elsewhere', siteId: '11' });
  segments.set('80', { id: '80', name: 'All', siteId: '10' });
  return shell;
}

/** What matters of the state, without ids. */
function stateOf({ fake }: Shell) {
  const { experiments, variations } = fake.rows;
  return [...experiments.values()].map((one) => {
    const ids = one['variations'] as string[];
    const shares = one['deviations'] as Record<string, number>;
    return {
      ...{ name: one['name'], status: one['status'], goals: one['goals'], main: one['mainGoalId'] },
      ...{ segment: one['targetingSegmentId'], by: one['targetingConfiguration'] },
      origin: shares['origin'],
      variations: ids.map((id) => {
        const own: Record<string, unknown> = variations.get(id) ?? {};
        const { name, jsCode, cssCode } = own;
        return { name, jsCode, cssCode, share: shares[id] };
      }),
    };
  });
}

const WANTED = [
  {
    ...{ name: "Ada's buttons", status: 'active', goals: ['71', '72'], main: '71' },
    ...{ segment: '80', by: 'SAVED_TEMPLATE', origin: 0.4 },
    variations: [
      { name: 'Green', jsCode: GREEN, cssCode: 'a { color: green }', share: 0.2 },
      { name: 'Big & bold', jsCode: '\ufeffbold()', cssCode: undefined, share: 0.2 },
      { name: 'Plain', jsCode: undefined, cssCode: undefined, share: 0.2 },
    ],
  },
];

const WRITES = /^(create|change|act) /;

describe('verdict experiments create', () => {
  it('carries out the whole tutorial, the variation that the server made renamed first', async () => {
    const shell = prepare();
    const { code, out, err } = await shell.run(...COMMAND);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^Experiment 5001 Ada's buttons: active\n/);
    expect(stateOf(shell)).toEqual(WANTED);
    expect(shell.fake.rows.variations.size).toBe(3);
  });

  it('after a failure at any write says what exists, and its own command goes on to the very same end', async () => {
    const whole = prepare();
    await whole.run(...COMMAND);
    const writes = whole.fake.calls.filter((call) => WRITES.test(call)).length;
    expect(writes).toBeGreaterThan(6);
    // The first write makes the experiment: before it nothing exists.
    for (let failing = 2; failing <= writes; failing += 1) {
      const shell = prepare();
      let seen = 0;
      shell.fake.refuse = (call) => {
        if (!WRITES.test(call) || (seen += 1) !== failing) return null;
        return toProblem('upstream-locked', 'PATCH was answered 423: Ada edits it');
      };
      const { code, out, err } = await shell.run(...COMMAND);
      expect(code, `write ${failing}`).toBe(3);
      expect(out).toBe('');
      expect(err).toContain('Ada edits it');
      expect(err).toContain('experiment 5001');
      const line = /^To go on: npx verdict (.*)$/m.exec(err)?.[1] ?? '';
      const again = await shell.run(...splitWords(line));
      expect(again, `write ${failing}: ${line}`).toMatchObject({ code: 0, err: '' });
      expect(stateOf(shell), `write ${failing}`).toEqual(WANTED);
      expect(shell.fake.rows.variations.size, `write ${failing}: none is made twice`).toBe(3);
    }
  });

  it('said again with --resume changes nothing where all is there', async () => {
    const shell = prepare();
    await shell.run(...COMMAND);
    shell.fake.calls.length = 0;
    expect(await shell.run(...COMMAND, '--resume', '5001')).toMatchObject({ code: 0, err: '' });
    expect(shell.fake.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('tells as JSON what exists and how to go on', async () => {
    const shell = prepare();
    shell.fake.refuse = (call) =>
      call.startsWith('act') ? toProblem('upstream-forbidden', 'PATCH was answered 403') : null;
    const answer = await shell.json(...COMMAND);
    expect(answer).toMatchObject({ error: { code: 'upstream-forbidden', retryable: false } });
    expect(answer['done']).toContainEqual({
      ...{ kind: 'experiment', id: '5001', name: "Ada's buttons", what: 'created' },
    });
    expect(answer['resume']).toContain('--resume 5001');
  });

  it('notices code that is not what was sent when it is read back', async () => {
    const shell = prepare();
    shell.fake.afterChange = (row) => {
      if (row['jsCode'] === GREEN) row['jsCode'] = GREEN.trim();
    };
    const { code, err } = await shell.run(...COMMAND);
    expect(code).toBe(3);
    expect(err).toContain('jsCode read back is not what was sent');
  });

  it.each([
    [['--goal', 'Nothing'], 'has no goal of that name'],
    [['--goal', '73'], 'belongs to project 11'],
    [['--variation', 'X=missing.js'], 'missing.js: no such file'],
    [['--variation', 'X=code.ts'], 'code files end in .js or .css'],
    [['--variation', 'Plain'], 'named twice'],
    [['--split', '50/50'], '2 shares for the original and 3 variations'],
    [['--split', '50/50/50/50'], 'adds up to 200'],
    [['--url', 'shop'], 'is no web address'],
    [['--site', '../x'], 'neither a site code nor a site id'],
  ])('writes nothing where the input is wrong: %j', async (more, message) => {
    const shell = prepare();
    const { code, err } = await shell.run(...COMMAND, ...more);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(shell.fake.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('says that it is not known whether an experiment was made', async () => {
    const shell = prepare();
    shell.fake.refuse = (call) =>
      call === 'create experiments'
        ? toProblem('write-uncertain', 'POST /experiments: no answer within 10000 ms')
        : null;
    const { code, err } = await shell.run(...COMMAND);
    expect(code).toBe(1);
    expect(err).toContain('It may have been carried out: look for it by name');
  });
});
