/**
 * `npm run bench:sandbox-lists`: what a page of 50 experiments costs the sandbox in worlds of 50, 500 and 5,000, beside
 * plain JSON of the same rows in the same run. Pages are turned as a client does: first, middle and last, bare, filtered
 * and sorted. Prints medians and ratios; fails where a page of the largest world costs over twice the smallest one's.
 */
import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { createWorld } from '@/lib/sandbox/world/world';

const EPOCH_MS = Date.UTC(2026, 4, 21, 13, 7, 42);
const SIZES = [50, 500, 5_000];
const PER_PAGE = 50;
const ROUNDS = 80;
const LIMIT = 2;
const CREDENTIALS = { clientId: 'a-client', clientSecret: 'a-secret' };
const BASE = 'http://sandbox.test';

const encode = (name: string, value: unknown): string =>
  `&${name}=${encodeURIComponent(JSON.stringify(value))}`;
const ACTIVE = encode('filter', [
  { field: 'status', operator: 'IN', parameters: ['ACTIVE', 'STOPPED'] },
]);
const BY_DATE = encode('sort', [{ field: 'dateStatusModified', direction: 'DESC' }]);
const QUERIES: Readonly<Record<string, string>> = {
  bare: '',
  filtered: ACTIVE,
  sorted: BY_DATE,
  both: `${ACTIVE}${BY_DATE}`,
};

interface Cost {
  readonly size: number;
  readonly query: string;
  readonly place: string;
  readonly pageMs: number;
  readonly jsonMs: number;
  /** The first page asked for after a change: filtered and sorted anew. */
  readonly freshMs: number;
}

const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** A sandbox of this many experiments, and the time on its clock. */
async function open(size: number) {
  const world = createWorld({
    seed: 20260521,
    epochMs: EPOCH_MS,
    size: { active: size / 10, stopped: size - size / 10 },
  });
  const clock = { nowMs: EPOCH_MS };
  const sandbox = createSandbox({ world, clock: () => clock.nowMs, credentials: CREDENTIALS });
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    // So slow that no window is ever full.
    clock.nowMs += 5_000;
    return sandbox.fetch(new Request(`${BASE}${path}`, init));
  };
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CREDENTIALS.clientId,
    client_secret: CREDENTIALS.clientSecret,
  });
  let headers = {};
  return {
    /** Tokens live two hours, which a bench outlives. */
    async renew() {
      const response = await send('/oauth/token', { method: 'POST', body: form });
      const { access_token } = (await response.json()) as { access_token: string };
      headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
    },
    async read(path: string) {
      const beganMs = performance.now();
      const response = await send(path, { headers });
      const text = await response.text();
      const ms = performance.now() - beganMs;
      if (response.status !== 200) throw new Error(text);
      return { ms, text, pages: Number(response.headers.get('x-pagination-page-count')) };
    },
    async change() {
      const body = JSON.stringify({ description: 'Changed by the bench' });
      const response = await send('/experiments/188601', { method: 'PATCH', headers, body });
      if (response.status !== 200) throw new Error(await response.text());
    },
  };
}

async function measure(size: number): Promise<Cost[]> {
  const sandbox = await open(size);
  const costs: Cost[] = [];
  for (const [query, parameters] of Object.entries(QUERIES)) {
    await sandbox.renew();
    const path = (page: number): string =>
      `/experiments?perPage=${PER_PAGE}&page=${page}${parameters}`;
    const { pages } = await sandbox.read(path(1));
    await sandbox.change();
    const { ms: freshMs } = await sandbox.read(path(1));
    // Of 50 experiments there are the stories as well: two pages.
    const places = { first: 1, middle: Math.max(1, pages >> 1), last: pages - 1 };
    for (const [place, page] of Object.entries(places)) {
      await sandbox.renew();
      const pageTimes: number[] = [];
      const jsonTimes: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { ms, text } = await sandbox.read(path(page));
        pageTimes.push(ms);
        const rows = JSON.parse(text) as unknown;
        const beganMs = performance.now();
        JSON.stringify(rows);
        jsonTimes.push(performance.now() - beganMs);
      }
      const [pageMs, jsonMs] = [median(pageTimes), median(jsonTimes)];
      costs.push({ size, query, place, pageMs, jsonMs, freshMs });
    }
  }
  return costs;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const ms = (value: number): string => value.toFixed(3).padStart(8);

// Warm: the first world would pay for the compiler.
await measure(SIZES[0]!);
const costs: Cost[] = [];
for (const size of SIZES) costs.push(...(await measure(size)));

print(
  `page of ${PER_PAGE}, ms        ${SIZES.map((size) => String(size).padStart(8)).join('')}   largest to smallest (JSON alone)`,
);
let isFlat = true;
for (const query of Object.keys(QUERIES)) {
  for (const place of ['first', 'middle', 'last']) {
    const own = costs.filter((cost) => cost.query === query && cost.place === place);
    const [least, most] = [own[0]!, own.at(-1)!];
    const ratio = most.pageMs / least.pageMs;
    const plain = most.jsonMs / least.jsonMs;
    isFlat &&= ratio <= LIMIT;
    print(
      `${query.padEnd(9)} ${place.padEnd(7)}     ${own.map((cost) => ms(cost.pageMs)).join('')}   ${ratio.toFixed(2)} (${plain.toFixed(2)}); times JSON ${own.map((cost) => (cost.pageMs / cost.jsonMs).toFixed(1)).join(' ')}`,
    );
  }
  const fresh = costs.filter((cost) => cost.query === query && cost.place === 'first');
  print(`${query.padEnd(9)} after a change ${fresh.map((cost) => ms(cost.freshMs)).join('')}`);
}
print(isFlat ? `Flat: no page over ${LIMIT} times the smallest world's.` : 'Not flat.');
process.exitCode = isFlat ? 0 : 1;
