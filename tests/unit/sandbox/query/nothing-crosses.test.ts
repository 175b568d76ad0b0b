import { beforeAll, describe, expect, it } from 'vitest';
import {
  BASE,
  createTestSandbox,
  toTokenForm,
  type TestSandbox,
} from '@/tests/unit/sandbox/test-sandbox';

type Row = Readonly<Record<string, unknown>>;
type Client = 'insurance' | 'shop';

/** Two clients with all rights, each on a site of its own. */
const SITE = { insurance: 20101, shop: 20103 } as const;
const KINDS = [
  ...['sites', 'experiments', 'variations', 'goals', 'segments', 'feature-flags'],
  ...['personalizations', 'targeting-rules', 'custom-datas'],
];

let sandbox: TestSandbox;
let tokens: Readonly<Record<Client, string>>;

const tokenOf = async (client: Client): Promise<string> => {
  const form = { client_id: `${client}-client`, client_secret: `${client}-secret` };
  const request = new Request(`${BASE}/oauth/token`, { method: 'POST', body: toTokenForm(form) });
  const answer = (await (await sandbox.control.fetch(request)).json()) as { access_token: string };
  return answer.access_token;
};
const send = async (
  client: Client,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> => {
  sandbox.clock.nowMs += 2_000;
  return sandbox.send(path, {
    method,
    headers: { authorization: `Bearer ${tokens[client]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const list = async (client: Client, path: string): Promise<Row[]> =>
  (await (await send(client, 'GET', path)).json()) as Row[];
const seeAll = async (client: Client): Promise<Row[][]> => {
  const lists: Row[][] = [];
  for (const kind of KINDS)
    lists.push(await list(client, `/${kind}?perPage=-1&optionalFields=goals,tags`));
  return lists;
};

const GOAL = { name: 'Theirs', type: 'CUSTOM', hasMultipleConversions: true };
const PAGE = { targetingType: 'PAGE_URL', url: '/', matchType: 'EXACT' };
const CONDITIONS = { conditionsData: { firstLevel: [{ conditions: [PAGE] }] } };
const RESULTS = { conversionType: 'CONVERTED_VISITS' };

beforeAll(async () => {
  sandbox = await createTestSandbox();
  tokens = { insurance: await tokenOf('insurance'), shop: await tokenOf('shop') };
  for (const client of ['insurance', 'shop'] as const) {
    const siteId = SITE[client];
    const made = await send(client, 'POST', '/personalizations', { siteId, name: client });
    expect(made.status).toBe(201);
  }
});

describe('between two accounts with the same rights on different sites', () => {
  it('lists and searches hold what lies on the own site, and something of every kind', async () => {
    for (const kind of KINDS) {
      const rows = await list('shop', `/${kind}?perPage=-1`);
      expect(rows.length, kind).toBeGreaterThan(0);
      const site = kind === 'sites' ? 'id' : 'siteId';
      expect(new Set(rows.map((row) => row[site]))).toEqual(new Set([SITE.shop]));
      const filter = { field: 'id', operator: 'IS_NOT_NULL' };
      const found = await send('shop', 'POST', `/${kind}/search`, { filter, perPage: -1 });
      expect(await found.json()).toEqual(rows);
    }
  });

  it('a list kept for one is not told to the other', async () => {
    const filter = encodeURIComponent(
      JSON.stringify([{ field: 'status', operator: 'EQUAL', parameters: ['active'] }]),
    );
    const ids = (rows: Row[]): unknown[] => rows.map((row) => row['id']);
    const own = ids(await list('insurance', `/experiments?filter=${filter}`));
    const theirs = ids(await list('shop', `/experiments?filter=${filter}`));
    expect(own.length).toBeGreaterThan(0);
    expect(theirs.filter((id) => own.includes(id))).toEqual([]);
  });

  it('an object of the other is as unknown as one that never was, to every route', async () => {
    const before = await seeAll('insurance');
    const calls: (readonly [method: string, path: string, id: unknown, body?: Row])[] = [];
    for (const [i, kind] of KINDS.entries()) {
      const id = before[i]![0]!['id'];
      if (kind === 'feature-flags') continue;
      calls.push(['GET', `/${kind}/*`, id]);
      if (kind === 'targeting-rules' || kind === 'custom-datas') continue;
      const body = { ...GOAL, ...CONDITIONS, url: 'x', jsCode: 'x' };
      calls.push(['PATCH', `/${kind}/*`, id, body], ['DELETE', `/${kind}/*`, id]);
      if (kind !== 'experiments' && kind !== 'personalizations')
        calls.push(['PUT', `/${kind}/*`, id, body]);
    }
    const experiment = before[KINDS.indexOf('experiments')]![0]!['id'];
    const flag = before[KINDS.indexOf('feature-flags')]![0]!;
    calls.push(
      ['PATCH', '/experiments/*?action=PAUSE', experiment, {}],
      ['POST', '/experiments/*/results', experiment, RESULTS],
      ['POST', '/experiments/*/results/share', experiment, RESULTS],
      ['POST', '/experiments/restart/*', experiment, {}],
      ['GET', '/experiments/simulate/*', experiment],
      ['POST', '/feature-flags/*/results', flag['id'], RESULTS],
      ['GET', '/sites/*/integration-tools', SITE.insurance],
      ['GET', '/sites/*/goals', SITE.insurance],
      ['PUT', '/segments/*/conditions/451001', 401001, PAGE],
      ['GET', '/sites/byCode/*', 'i7k2m9q4xa'],
      ['GET', `/feature-flags/*/${String(flag['featureKey'])}`, flag['siteCode']],
      ['GET', `/feature-flags/*/${String(flag['featureKey'])}/production`, flag['siteCode']],
      ['PATCH', `/feature-flags/*/${String(flag['featureKey'])}`, flag['siteCode'], { name: 'x' }],
      ['DELETE', `/feature-flags/*/${String(flag['featureKey'])}`, flag['siteCode']],
    );
    for (const [method, path, id, body] of calls) {
      const ask = async (of: unknown): Promise<readonly [number, string]> => {
        const answer = await send('shop', method, path.replace('*', String(of)), body);
        const { message } = (await answer.json()) as { message: string };
        return [answer.status, message.replaceAll(String(of), '*')];
      };
      const never = typeof id === 'number' ? 4_040_404 : 'nevernever';
      const theirs = await ask(id);
      expect(theirs, `${method} ${path}`).toEqual(await ask(never));
      expect(theirs[0], `${method} ${path}`).toBe(404);
    }
    expect(await seeAll('insurance')).toEqual(before);
  });

  it('nothing can be made on the site of the other, nor told from a site that never was', async () => {
    const before = await seeAll('insurance');
    const bodies: readonly (readonly [string, Row])[] = [
      ['/goals', GOAL],
      ['/segments', { name: 'Theirs', ...CONDITIONS }],
      ['/feature-flags', { featureKey: 'theirs' }],
      ['/custom-datas', { name: 'Theirs' }],
      ['/experiments', { name: 'Theirs', baseURL: 'https://x.example/' }],
      ['/variations', { name: 'Theirs' }],
      ['/personalizations', { name: 'Theirs' }],
    ];
    for (const [path, body] of bodies) {
      const ask = async (siteId: number): Promise<readonly [number, string]> => {
        const answer = await send('shop', 'POST', path, { ...body, siteId });
        const { message = '' } = (await answer.json()) as { message?: string };
        return [answer.status, message.replaceAll(String(siteId), '*')];
      };
      const theirs = await ask(SITE.insurance);
      expect(theirs, path).toEqual(await ask(4_040_404));
      expect(theirs[0], path).toBe(400);
    }
    expect(await seeAll('insurance')).toEqual(before);
  });

  it('no rule of an own flag leads to an experiment of the other', async () => {
    const toRules = (experimentId: number) => ({
      featureEnabled: true,
      rolloutRules: [{ experimentId }],
    });
    const path = '/feature-flags/s5h0p2d9re/product-page/production';
    expect((await send('shop', 'PATCH', path, toRules(188401))).status).toBe(400);
    expect((await send('shop', 'PATCH', path, toRules(188601))).status).toBe(200);
    const refused: unknown[] = [];
    for (const siteCode of ['i7k2m9q4xa', 'nevernever']) {
      const body = { featureKey: 'mine', siteCode };
      const answer = await send('shop', 'POST', '/feature-flags', body);
      const { message } = (await answer.json()) as { message: string };
      refused.push(message.replace(siteCode, '*'));
    }
    expect(refused[0]).toBe(refused[1]);
  });

  it('no report of the other can be polled', async () => {
    const id = 188401;
    const started = await send('insurance', 'POST', `/experiments/${id}/results`, RESULTS);
    const { dataCode } = (await started.json()) as { dataCode: string };
    sandbox.clock.nowMs += 10_000;
    expect((await send('shop', 'GET', `/results?dataCode=${dataCode}`)).status).toBe(404);
    expect((await send('insurance', 'GET', `/results?dataCode=${dataCode}`)).status).toBe(200);
  });
});
