/**
 * What it costs to read all pages of a list by the client: worlds of about 50 to 5,000 experiments, over HTTP against the
 * sandbox in this process, beside a bare fetch with JSON.parse of the same pages in turn. Prints requests for each 200
 * rows, and for each page the milliseconds of the quickest round (others at work on the machine only add to it); fails
 * where a page of the largest world costs half as much again as one of a middle one, or where requests exceed pages.
 *
 * node --conditions=react-server --import tsx tests/bench/client-lists.ts [rounds]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_CREDENTIALS, startSandbox } from '@/lib/sandbox/start';
import { KAMELEOON_LIMITS } from '@/lib/server/kameleoon/budget';
import { createAutomation } from '@/lib/server/kameleoon/create-automation';
import { systemClock } from '@/lib/server/services/system-clock';

const ROUNDS = Number(process.argv[2] ?? 9);
const SIZES = [50, 200, 1_000, 2_500, 5_000];
const PER_PAGE = 200;
const WARM_UP_PAGES = 100;
/** Where pages are full and there are enough of them to tell a trend. */
const MIDDLE = 1_000;
/** The sandbox's time runs so fast that its rate windows are never full. */
const SPEED = 2_000;

const OPEN_LIMITS = {
  ...KAMELEOON_LIMITS,
  tenSeconds: { limit: 1_000_000, windowMs: 10_500 },
  hour: { limit: 1_000_000, windowMs: 3_610_000 },
  minGapMs: 0,
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);
interface Cost {
  readonly size: number;
  readonly rows: number;
  readonly pages: number;
  readonly requests: number;
  readonly oursMs: number;
  readonly bareMs: number;
}

async function measure(size: number, dataDir: string): Promise<Cost> {
  const startMs = Date.now();
  const sandbox = await startSandbox({
    port: 0,
    dataDir,
    fresh: true,
    seed: 5,
    size: { active: 0, stopped: Math.max(0, size - STORIES) },
    clock: () => startMs + (Date.now() - startMs) * SPEED,
    tokenLifeMs: 1e12,
  });
  try {
    let lists = 0;
    const { api } = createAutomation({
      baseUrl: sandbox.url,
      ...DEMO_CREDENTIALS,
      fetch,
      clock: systemClock,
      limits: OPEN_LIMITS,
      onSent: ({ path }) => {
        if (path === '/experiments') lists += 1;
      },
    });
    const readOurs = async (): Promise<number> => {
      let rows = 0;
      for await (const row of api.experiments.list({ perPage: PER_PAGE })) rows += row.id ? 1 : 0;
      return rows;
    };
    const token = await newToken(sandbox.url);
    const readBare = async (): Promise<number> => {
      for (let page = 1, rows = 0; ; page += 1) {
        const answer = await fetch(`${sandbox.url}/experiments?perPage=${PER_PAGE}&page=${page}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        rows += (JSON.parse(await answer.text()) as unknown[]).length;
        if (page >= Number(answer.headers.get('x-pagination-page-count'))) return rows;
      }
    };

    const rows = await readOurs();
    const whole = (read: () => Promise<number>) => async (): Promise<void> => {
      if ((await read()) !== rows) throw new Error('the two do not read the same list');
    };
    const requests = lists;
    const pages = Math.ceil(rows / PER_PAGE);
    // Until the code is compiled it is the compiler that is measured.
    for (let turned = 0; turned < WARM_UP_PAGES; turned += pages) {
      await readOurs();
      await readBare();
    }
    const ours: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push((await timed(whole(readOurs))) / pages);
      bare.push((await timed(whole(readBare))) / pages);
    }
    return { size, rows, pages, requests, oursMs: Math.min(...ours), bareMs: Math.min(...bare) };
  } finally {
    await sandbox.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const sinceMs = performance.now();
  await work();
  return performance.now() - sinceMs;
}

async function newToken(url: string): Promise<string> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: DEMO_CREDENTIALS.clientId,
      client_secret: DEMO_CREDENTIALS.clientSecret,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Experiments that every world has. */
const STORIES = 22;

const dataDir = await mkdtemp(join(tmpdir(), 'client-lists-'));
try {
  print(
    `${ROUNDS} rounds, ${PER_PAGE} rows a page; milliseconds for each page, of the quickest round`,
  );
  print('  rows  pages  requests per 200 rows   client ms   bare ms   ratio');
  const costs: Cost[] = [];
  for (const size of SIZES) {
    const cost = await measure(size, dataDir);
    costs.push(cost);
    const { rows, pages, requests, oursMs, bareMs } = cost;
    print(
      [
        String(rows).padStart(6),
        String(pages).padStart(6),
        (requests / pages).toFixed(2).padStart(23),
        oursMs.toFixed(2).padStart(11),
        bareMs.toFixed(2).padStart(9),
        (oursMs / bareMs).toFixed(2).padStart(7),
      ].join(' '),
    );
  }
  const middle = costs.find(({ size }) => size === MIDDLE);
  const last = costs.at(-1);
  const growth = last && middle ? last.oursMs / middle.oursMs : Number.NaN;
  const isExact = costs.every(({ pages, requests }) => pages === requests);
  print(`A page of ${last?.rows} costs ${growth.toFixed(2)} times one of ${middle?.rows}.`);
  process.exitCode = isExact && growth <= 1.5 ? 0 : 1;
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
