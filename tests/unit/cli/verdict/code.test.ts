import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSafeName } from '@/lib/cli/verdict/code/safe-name';
import { toProblem } from '@/lib/core/problem/problem';
import { anyText, createShell, type Shell } from './shell';

const ODD = '\ufeffa();\r\nb()\n\n';

function prepare(name = 'Green button'): Shell {
  const shell = createShell();
  const { experiments, variations } = shell.fake.rows;
  experiments.set('600', { id: '600', name: 'Buttons', siteId: '10', variations: ['901', '902'] });
  variations.set('901', {
    id: '901',
    name,
    siteId: '10',
    experimentId: '600',
    jsCode: ODD,
    cssCode: 'x',
  });
  variations.set('902', {
    id: '902',
    name: 'Blue',
    siteId: '10',
    experimentId: '600',
    jsCode: null,
  });
  return shell;
}

const PLACE = 'shop000001-shop.example/experiments/600-Buttons';
const fileOf = ({ folder }: Shell, name: string): string => join(folder, 'code', PLACE, name);
const changes = ({ fake }: Shell): string[] =>
  fake.calls.filter((call) => call.startsWith('change'));
const pull = (shell: Shell, ...more: string[]) =>
  shell.run('variation', 'pull', '--experiment', '600', '--dir', 'code', ...more);
const push = (shell: Shell, ...more: string[]) =>
  shell.run('variation', 'push', '--dir', 'code', ...more);

describe('verdict variation pull', () => {
  it('lays code out by project, experiment and variation, sign by sign as it is', async () => {
    const shell = prepare();
    expect(await pull(shell)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(join(shell.folder, 'code', PLACE)).toSorted()).toEqual([
      ...['901-Green-button.css', '901-Green-button.js', '902-Blue.js'],
    ]);
    expect(readFileSync(fileOf(shell, '901-Green-button.js'), 'utf8')).toBe(ODD);
    expect(readFileSync(fileOf(shell, '902-Blue.js'), 'utf8')).toBe('');
  });

  it('keeps a file where it lies though its variation is renamed', async () => {
    const shell = prepare();
    await pull(shell);
    Object.assign(shell.fake.rows.variations.get('901') ?? {}, { name: 'New name', jsCode: 'new' });
    await pull(shell);
    expect(readFileSync(fileOf(shell, '901-Green-button.js'), 'utf8')).toBe('new');
    expect(existsSync(fileOf(shell, '901-New-name.js'))).toBe(false);
  });

  it('never overwrites what was edited and not pushed, unless it is told to', async () => {
    const shell = prepare();
    await pull(shell);
    writeFileSync(fileOf(shell, '901-Green-button.js'), 'mine');
    Object.assign(shell.fake.rows.variations.get('902') ?? {}, { jsCode: 'theirs' });
    const refused = await pull(shell);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('901-Green-button.js');
    expect(readFileSync(fileOf(shell, '901-Green-button.js'), 'utf8')).toBe('mine');
    expect(readFileSync(fileOf(shell, '902-Blue.js'), 'utf8'), 'nothing half-written').toBe('');
    expect((await pull(shell, '--force')).code).toBe(0);
    expect(readFileSync(fileOf(shell, '901-Green-button.js'), 'utf8')).toBe(ODD);
  });

  it('stays within its folder whatever a variation is called', async () => {
    const shell = prepare('../../../../etc/passwd');
    shell.fake.rows.sites.set('10', { id: '10', code: '../..', url: 'https://../x', name: '' });
    Object.assign(shell.fake.rows.experiments.get('600') ?? {}, { name: '..' });
    expect((await pull(shell)).code).toBe(0);
    expect(readdirSync(shell.folder)).toEqual(['code']);
    expect(readdirSync(join(shell.folder, 'code')).toSorted()).toEqual([
      '10-site',
      'verdict.lock.json',
    ]);
  });

  it('makes names that are one part of a path on any system, of any name at all', () => {
    fc.assert(
      fc.property(anyText(100), (name) => {
        const safe = toSafeName(name, 'variation');
        expect(safe).toMatch(/^[\p{Letter}\p{Number}_][\p{Letter}\p{Number}._-]*$/u);
        expect(safe).not.toMatch(/[.-]$|\.\./);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('writes no file through a link that leads out', async () => {
    const shell = prepare();
    mkdirSync(join(shell.folder, 'code'));
    mkdirSync(join(shell.folder, 'elsewhere'));
    symlinkSync(
      join(shell.folder, 'elsewhere'),
      join(shell.folder, 'code', 'shop000001-shop.example'),
    );
    const { code, err } = await pull(shell);
    expect(code).toBe(2);
    expect(err).toContain('leads out of');
    expect(readdirSync(join(shell.folder, 'elsewhere'))).toEqual([]);
  });
});

describe('verdict variation push', () => {
  it('sends what was edited and nothing else, and reads it back', async () => {
    const shell = prepare();
    await pull(shell);
    writeFileSync(fileOf(shell, '901-Green-button.js'), 'v2\r\n');
    expect(await push(shell)).toMatchObject({ code: 0, err: '' });
    expect(changes(shell)).toEqual(['change variations 901 {"jsCode":"v2\\r\\n"}']);
    expect(shell.fake.calls.at(-1)).toBe('read variations 901');
    const again = await push(shell);
    expect(again.out).toContain('Nothing was edited');
    expect(changes(shell)).toHaveLength(1);
  });

  it('sends a style sheet that was written beside the script', async () => {
    const shell = prepare();
    await pull(shell);
    writeFileSync(fileOf(shell, '902-Blue.css'), 'b{}');
    expect((await push(shell, '902')).code).toBe(0);
    expect(changes(shell)).toEqual(['change variations 902 {"cssCode":"b{}"}']);
  });

  it('sends nothing at all where one of them was changed on Kameleoon meanwhile, and names it', async () => {
    const shell = prepare();
    await pull(shell);
    writeFileSync(fileOf(shell, '901-Green-button.js'), 'mine');
    writeFileSync(fileOf(shell, '902-Blue.js'), 'mine too');
    Object.assign(shell.fake.rows.variations.get('901') ?? {}, { jsCode: 'theirs' });
    const { code, err } = await push(shell);
    expect(code).toBe(1);
    expect(err).toContain('901 jsCode');
    expect(err).not.toContain('902');
    expect(changes(shell)).toEqual([]);
    expect((await push(shell, '--force')).code).toBe(0);
    expect(shell.fake.rows.variations.get('901')?.['jsCode']).toBe('mine');
  });

  it('says after a failure what was pushed, and the same command goes on', async () => {
    const shell = prepare();
    await pull(shell);
    writeFileSync(fileOf(shell, '901-Green-button.js'), 'one');
    writeFileSync(fileOf(shell, '902-Blue.js'), 'two');
    shell.fake.refuse = (call) =>
      call.startsWith('change variations 902')
        ? toProblem('upstream-locked', 'PATCH /variations/902 was answered 423')
        : null;
    const { code, err } = await push(shell);
    expect(code).toBe(3);
    expect(err).toContain('variation 901 Green button: pushed');
    shell.fake.refuse = () => null;
    shell.fake.calls.length = 0;
    expect((await push(shell)).code).toBe(0);
    expect(changes(shell)).toEqual(['change variations 902 {"jsCode":"two"}']);
  });

  it.each([
    ['an absolute path', '/etc/hostname'],
    ['a path that climbs', '../../x'],
  ])('reads no file at %s of a lock file from elsewhere', async (_, path) => {
    const shell = prepare();
    await pull(shell);
    const file = join(shell.folder, 'code/verdict.lock.json');
    const sha256 = '0'.repeat(64);
    writeFileSync(
      file,
      JSON.stringify({ version: 1, variations: { 901: { js: { path, sha256 }, css: null } } }),
    );
    const { code, err } = await push(shell);
    expect(code).toBe(2);
    expect(err).toContain('leads out of');
    expect(changes(shell)).toEqual([]);
  });

  it.each(['{', '[]', '{"version":2,"variations":{}}', '{"version":1,"variations":{"../x":{}}}'])(
    'refuses a broken lock file in one line: %s',
    async (text) => {
      const shell = prepare();
      await pull(shell);
      writeFileSync(join(shell.folder, 'code/verdict.lock.json'), text);
      const { code, err } = await push(shell);
      expect(code).toBe(2);
      expect(err).toMatch(/^verdict: verdict\.lock\.json: cannot be read.*\n$/);
    },
  );

  it('refuses a file that is no UTF-8, for it could not be sent unchanged', async () => {
    const shell = prepare();
    await pull(shell);
    writeFileSync(fileOf(shell, '901-Green-button.js'), Buffer.from([0x61, 0xff, 0xfe]));
    const { code, err } = await push(shell);
    expect(code).toBe(2);
    expect(err).toContain('not UTF-8');
  });
});
