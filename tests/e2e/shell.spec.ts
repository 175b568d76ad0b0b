import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** Apart from all others of the tests. */
const PORT = '3239';
const SANDBOX = `http://127.0.0.1:${PORT}`;
const DAY_MS = 86_400_000;

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A process of this package, to its end or, of a server, to its first line. */
function start(args: readonly string[], env: Record<string, string>, cwd?: string) {
  const child = spawn(process.execPath, args, {
    ...(cwd !== undefined && { cwd }),
    env: {
      NODE_ENV: 'production',
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      ...env,
    },
  });
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
  const spoken = new Promise<void>((resolve) =>
    child.stdout.on('data', (chunk: Buffer) => {
      out += String(chunk);
      resolve();
    }),
  );
  const ended = new Promise<Said>((resolve) =>
    child.once('close', (code) => resolve({ code, out, err })),
  );
  return { child, spoken, ended };
}

const dir = mkdtempSync(join(tmpdir(), 'verdict-shell-'));
let sandbox: ReturnType<typeof start> | null = null;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  sandbox = start(['--import', 'tsx', 'lib/sandbox/main.ts', '--fresh'], {
    SANDBOX_PORT: PORT,
    SANDBOX_DATA_DIR: join(dir, 'sandbox'),
  });
  await Promise.race([sandbox.spoken, sandbox.ended]);
});

test.afterAll(async () => {
  sandbox?.child.kill('SIGTERM');
  await sandbox?.ended;
  rmSync(dir, { recursive: true, force: true });
});

const SETTINGS = {
  KAMELEOON_API_URL: SANDBOX,
  KAMELEOON_CLIENT_ID: 'demo-client',
  KAMELEOON_CLIENT_SECRET: 'demo-secret',
};

/** `npx verdict …` in a folder of its own. */
const verdict = (args: readonly string[], env: Record<string, string> = SETTINGS): Promise<Said> =>
  start([join(process.cwd(), 'lib/cli/verdict.mjs'), ...args], env, dir).ended;

const advance = (advanceMs: number): Promise<Response> =>
  fetch(`${SANDBOX}/__sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceMs }),
  });

const setFaults = (faults: unknown): Promise<Response> =>
  fetch(`${SANDBOX}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  });

test.describe('npx verdict', () => {
  test('creates an experiment as the tutorial does, and ends with the variation that wins', async () => {
    test.setTimeout(180_000);
    writeFileSync(join(dir, 'green.js'), 'document.title = "green";\r\n');
    writeFileSync(
      join(dir, 'conditions.json'),
      JSON.stringify({
        firstLevelOrOperators: [],
        firstLevel: [
          {
            orOperators: [],
            conditions: [
              { targetingType: 'PAGE_URL', include: true, matchType: 'CONTAINS', url: '/basket' },
            ],
          },
        ],
      }),
    );
    const site = ['--site', 's5h0p2d9re'];
    const goal = await verdict([
      ...['goal', 'create', ...site, '--name', 'Order sent', '--type', 'URL', '--json'],
      ...['--param', 'matchString=/thanks', '--param', 'matchType=CONTAINS'],
    ]);
    expect(goal).toMatchObject({ code: 0, err: '' });
    const segment = await verdict([
      ...['segment', 'create', ...site, '--name', 'Basket pages', '--json'],
      ...['--file', 'conditions.json'],
    ]);
    expect(segment).toMatchObject({ code: 0, err: '' });
    const [{ id: segmentId }] = (JSON.parse(segment.out) as { segments: [{ id: string }] })
      .segments;

    const create = [
      ...['experiments', 'create', ...site, '--name', 'Basket button'],
      ...['--url', 'https://shop.example/basket', '--variation', 'Green=green.js'],
      ...['--goal', 'Order sent', '--segment', segmentId],
    ];
    const dry = await verdict([...create, '--dry-run']);
    expect(dry.out).toContain('nothing was written');
    const made = await verdict([...create, '--json']);
    expect(made).toMatchObject({ code: 0, err: '' });
    const { id, status, variations } = JSON.parse(made.out) as {
      id: string;
      status: string;
      variations: [{ id: string; name: string }];
    };
    expect(status).toBe('draft');
    expect(variations).toMatchObject([{ name: 'Green' }]);

    // Code is changed in a file, as Git holds it.
    expect((await verdict(['variation', 'pull', variations[0].id, '--dir', 'code'])).code).toBe(0);
    const place = 'code/s5h0p2d9re-shop.example/experiments';
    const [experimentFolder = ''] = readdirSync(join(dir, place));
    const file = join(dir, place, experimentFolder, `${variations[0].id}-Green.js`);
    expect(readFileSync(file, 'utf8')).toBe('document.title = "green";\r\n');
    writeFileSync(file, 'document.title = "greener";\r\n');
    const pushed = await verdict(['variation', 'push', '--dir', 'code']);
    expect(pushed).toMatchObject({ code: 0, err: '' });
    expect(pushed.out).toContain('Green: pushed');

    const launched = await verdict(['experiments', 'launch', id]);
    expect(launched.out).toBe(`Basket button (${id}) is active now.\n`);
    await advance(30 * DAY_MS);
    const results = await verdict(['results', id]);
    expect(results.code).toBe(0);
    expect(results.out).toMatch(/^Winner: Green wins\.$/m);
    expect(results.out).toMatch(/on Order sent/);
  });

  test('retrieves the results of a decided experiment and names its winner', async () => {
    test.setTimeout(60_000);
    const { code, out, err } = await verdict(['results', '188401'], {
      SANDBOX_PORT: PORT,
      ...SETTINGS,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Winner: Short form wins.');
    const json = await verdict(['results', '188401', '--json', '--by', 'device']);
    const { verdict: said, breakdown } = JSON.parse(json.out) as {
      verdict: { state: string; variation: { name: string } };
      breakdown: { rows: { row: string }[] };
    };
    expect(said).toMatchObject({ state: 'winner', variation: { name: 'Short form' } });
    expect(breakdown.rows.map(({ row }) => row)).toContain('PHONE');
  });

  test('watches, and ends with 0 when it is interrupted', async () => {
    test.setTimeout(60_000);
    const args = [join(process.cwd(), 'lib/cli/verdict.mjs'), 'results', '188401', '--watch'];
    const watching = start(args, SETTINGS, dir);
    await Promise.race([watching.spoken, watching.ended]);
    watching.child.kill('SIGINT');
    const { code, out } = await watching.ended;
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(out).toContain('Short form wins.');
  });

  test('says every refusal in one line', async () => {
    test.setTimeout(120_000);
    const one = async (
      args: string[],
      env: Record<string, string>,
      exit: number,
    ): Promise<string> => {
      const { code, out, err } = await verdict(args, env);
      expect({ code, out }, err).toEqual({ code: exit, out: '' });
      expect(err.trimEnd().split('\n'), err).toHaveLength(1);
      expect(err).not.toMatch(/\n\s+at |a-wrong-secret/);
      return err;
    };
    const show = ['experiments', 'show', '188401'];
    expect(await one(['experiments', 'show', '1'], SETTINGS, 1)).toContain('404');
    const wrong = { ...SETTINGS, KAMELEOON_CLIENT_SECRET: 'a-wrong-secret' };
    expect(await one(show, wrong, 1)).toContain('Check KAMELEOON_CLIENT_ID');
    const plain = { ...SETTINGS, KAMELEOON_API_URL: 'http://api.kameleoon.com' };
    expect(await one(show, plain, 2)).toContain('KAMELEOON_API_URL is plain HTTP');
    const reader = {
      ...SETTINGS,
      KAMELEOON_CLIENT_ID: 'reader-client',
      KAMELEOON_CLIENT_SECRET: 'reader-secret',
    };
    expect(await one(['experiments', 'pause', '188401'], reader, 1)).toContain('no right to it');
    const { KAMELEOON_CLIENT_SECRET: _, ...without } = SETTINGS;
    expect(await one(show, without, 2)).toContain('KAMELEOON_CLIENT_SECRET is not set');
    await setFaults({ kind: 'locked', experimentId: 188401 });
    expect(await one(show, SETTINGS, 1)).toContain('Somebody edits it in Kameleoon');
  });
});
