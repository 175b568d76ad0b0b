import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toProblem } from '@/lib/core/problem/problem';
import { createShell, type Shell } from './shell';

function prepare(): Shell {
  const shell = createShell();
  for (const id of ['11', '12'])
    shell.fake.rows.sites.set(id, { id, code: `other000${id}`, name: `Other ${id}`, url: null });
  return shell;
}

const GOAL = [
  ...['goal', 'create', '--name', 'Thanks', '--type', 'url', '--param', 'matchString=/thanks?a=b'],
  ...['--param', 'matchType=CONTAINS'],
];

const goalsOf = ({ fake }: Shell) =>
  [...fake.rows.goals.values()].map(({ id: _, ...goal }) => goal);

describe('creation in many projects', () => {
  it('makes the goal in each, with its parameters as they were typed', async () => {
    const shell = prepare();
    expect(await shell.run(...GOAL, '--all-sites')).toMatchObject({ code: 0, err: '' });
    const goal = {
      ...{ name: 'Thanks', type: 'URL', hasMultipleConversions: false },
      params: { matchString: '/thanks?a=b', matchType: 'CONTAINS' },
    };
    expect(goalsOf(shell)).toEqual(['10', '11', '12'].map((siteId) => ({ ...goal, siteId })));
  });

  it('knows numbers and JSON among the parameters', async () => {
    const shell = prepare();
    const more = ['--param', 'timeSeconds=30', '--param', 'customSelectors:=[{"mode":"CUSTOM"}]'];
    await shell.run(...GOAL, ...more, '--site', '10', '--multiple');
    expect(goalsOf(shell)[0]).toMatchObject({
      hasMultipleConversions: true,
      params: { timeSeconds: 30, customSelectors: [{ mode: 'CUSTOM' }] },
    });
  });

  it('loses none of the others where one fails, and the same command makes what is missing', async () => {
    const shell = prepare();
    let seen = 0;
    shell.fake.refuse = (call) =>
      call === 'create goals' && (seen += 1) === 2
        ? toProblem('upstream-forbidden', 'POST /goals was answered 403: no')
        : null;
    const { code, out } = await shell.run(...GOAL, '--all-sites');
    expect(code).toBe(3);
    expect(out).toContain('Other 11: goal Thanks failed: POST /goals was answered 403: no');
    expect(out).toMatch(/1 project failed/);
    expect(shell.fake.rows.goals.size).toBe(2);
    const again = await shell.json(...GOAL, '--all-sites');
    expect(again['goals']).toMatchObject([
      { siteId: '10', state: 'exists' },
      { siteId: '11', state: 'created' },
      { siteId: '12', state: 'exists' },
    ]);
    expect(shell.fake.rows.goals.size).toBe(3);
  });

  it('fails as a whole with 1 where it fails everywhere', async () => {
    const shell = prepare();
    shell.fake.refuse = (call) =>
      call === 'create goals' ? toProblem('upstream-forbidden', 'no') : null;
    expect((await shell.run(...GOAL, '--all-sites')).code).toBe(1);
  });

  it('makes a second goal of a name only where it is told to', async () => {
    const shell = prepare();
    await shell.run(...GOAL, '--site', '10');
    await shell.run(...GOAL, '--site', 'shop000001');
    expect(shell.fake.rows.goals.size).toBe(1);
    await shell.run(...GOAL, '--site', '10', '--allow-duplicate');
    expect(shell.fake.rows.goals.size).toBe(2);
  });

  it('makes a segment from a file of conditions, without the ids they had elsewhere', async () => {
    const shell = prepare();
    const condition = { targetingType: 'PAGE_URL', weight: 1, include: true, url: '/x' };
    const conditionsData = { firstLevel: [{ conditions: [{ id: 9, ...condition }] }] };
    writeFileSync(join(shell.folder, 'c.json'), `\ufeff${JSON.stringify({ conditionsData })}`);
    const args = ['segment', 'create', '--name', 'S', '--file', 'c.json', '--site', '10'];
    expect(await shell.run(...args)).toMatchObject({ code: 0, err: '' });
    expect([...shell.fake.rows.segments.values()][0]).toMatchObject({
      ...{ name: 'S', siteId: '10', segmentType: 'STANDARD' },
      conditionsData: { firstLevel: [{ conditions: [condition] }] },
    });
  });

  it.each([
    ['{\n"firstLevel": [}', 'c.json: line 2: is not JSON'],
    ['{}', 'c.json: firstLevel, the list of groups of conditions, is missing'],
    ['[]', 'c.json: firstLevel'],
  ])('refuses malformed conditions in one line: %j', async (text, message) => {
    const shell = prepare();
    writeFileSync(join(shell.folder, 'c.json'), text);
    const args = ['segment', 'create', '--name', 'S', '--file', 'c.json', '--all-sites'];
    const { code, err } = await shell.run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(shell.fake.calls).toEqual([]);
  });
});
