import { describe, expect, it } from 'vitest';
import type { Ask, Attempt, Case } from '../crossing/asks';
import { EXPERIMENT_CASES } from '../crossing/experiment-cases';
import { FLAG_CASES } from '../crossing/flag-cases';
import { OBJECT_CASES } from '../crossing/object-cases';
import { OPEN_CASES } from '../crossing/open-cases';
import { createSide, type Account, type Side } from '../crossing/side';
import { createOauthSandbox, type OauthSandbox } from './oauth-sandbox';

/** A case for each route. A route that is not among them fails the first test. */
const CASES: Readonly<Record<string, Case>> = {
  ...OPEN_CASES,
  ...OBJECT_CASES,
  ...EXPERIMENT_CASES,
  ...FLAG_CASES,
};
// What removes comes last: the others need it.
const TABLE = Object.entries(CASES).sort(
  ([a], [b]) => Number(a.startsWith('DELETE')) - Number(b.startsWith('DELETE')),
);
const INSURANCE: Account = { name: 'insurance', accountId: 70002, siteId: 20101 };
const SHOP: Account = { name: 'shop', accountId: 70004, siteId: 20103 };

/** A quarter of a second passes with each, so that no rate window ever fills. */
async function send(house: OauthSandbox, ask: Ask, token?: string): Promise<Response> {
  house.clock.nowMs += 250;
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
  const { path, method, body } = ask;
  if (body === undefined) return house.send(path, { method, headers });
  if (body instanceof URLSearchParams) return house.send(path, { method, headers, body });
  headers.set('content-type', 'application/json');
  return house.send(path, { method, headers, body: JSON.stringify(body) });
}

/** All that lies on somebody's site, as it is kept and as it is read: its derived fields tell of users elsewhere. */
async function toSight(house: OauthSandbox, side: Side): Promise<string> {
  const { collections, turns } = house.sandbox.keepable.save().state;
  const kept = Object.entries(collections).map(([kind, { put, removed }]) => [
    kind,
    removed,
    put.filter((row) => row['siteId'] === side.siteId || row['id'] === side.siteId),
  ]);
  const paths = [`/goals/${side.goal}`, `/segments/${side.segment}`, `/experiments/${side.draft}`];
  const read = [];
  for (const path of paths)
    read.push(await (await send(house, { method: 'GET', path }, side.token)).text());
  return JSON.stringify([kept, turns[side.experiment], turns[side.draft], read]);
}

const toState = ({ sandbox }: OauthSandbox): string => {
  const { collections, turns } = sandbox.keepable.save().state;
  return JSON.stringify([collections, turns]);
};

/** Everything before the first attempt; `state` moves on where an attempt may change what is its own. */
interface Before {
  readonly sight: string;
  state: string;
}

async function check(
  house: OauthSandbox,
  { refusal, ...ask }: Attempt,
  [theirs, mine]: readonly [Side, Side],
  token: string | undefined,
  before: Before,
): Promise<void> {
  const said = `${ask.method} ${ask.path} ${String(ask.body) && JSON.stringify(ask.body)}`;
  const answer = await send(house, ask, token);
  const text = await answer.text();
  expect(answer.status, said).toBeLessThan(500);
  // What the stranger said itself may come back to it.
  for (const secret of [theirs.mark, theirs.siteCode])
    if (!said.includes(secret)) expect(text, said).not.toContain(secret);
  if (refusal === 'own rows' || refusal === 'no rows') {
    expect(answer.status, said).toBe(200);
    const rows = JSON.parse(text) as { id: number; siteId?: number }[];
    for (const row of rows)
      expect([mine.siteId, mine.accountId], said).toContain(row.siteId ?? row.id);
    expect(rows.length > 0, said).toBe(refusal === 'own rows');
  } else if (refusal !== 'unnoticed') {
    expect(refusal, `${said}: ${text}`).toContain(answer.status);
  }
  expect(await toSight(house, theirs), said).toBe(before.sight);
  if (refusal === 'unnoticed') before.state = toState(house);
  else expect(toState(house), said).toBe(before.state);
}

async function aTwoSided(): Promise<{ house: OauthSandbox; sides: readonly [Side, Side] }> {
  const house = createOauthSandbox();
  const insurance = await createSide(house, INSURANCE);
  house.clock.nowMs += 10_000;
  return { house, sides: [insurance, await createSide(house, SHOP)] };
}

describe('two accounts with the same rights on different sites', () => {
  it('have a case for every route of the API', () => {
    expect(Object.keys(CASES).sort()).toEqual([...createOauthSandbox().sandbox.routes()].sort());
  });

  it.each([
    ['insurance', 'shop', 0, 1],
    ['shop', 'insurance', 1, 0],
  ] as const)('keep everything of %s from %s', async (_, __, whose, who) => {
    const { house, sides } = await aTwoSided();
    const [theirs, mine] = [sides[whose], sides[who]];
    const before = { sight: await toSight(house, theirs), state: toState(house) };
    for (const [, { attempts, isOpen }] of TABLE)
      for (const attempt of attempts(theirs, mine))
        await check(house, attempt, [theirs, mine], isOpen ? undefined : mine.token, before);
  });

  it('may do all that with what is their own', async () => {
    const { house, sides } = await aTwoSided();
    for (const [route, { fair, isOpen = false }] of TABLE)
      for (const side of sides) {
        if (fair === undefined) continue;
        const answer = await send(house, fair(side), isOpen ? undefined : side.token);
        const text = await answer.text();
        expect(answer.status, `${route}: ${text}`).toBeLessThan(300);
        if (fair(side).path.includes('filter=')) expect(text, route).toContain(`"id":`);
      }
  });

  it('are asked for a token everywhere but where one gets it', async () => {
    const { house, sides } = await aTwoSided();
    for (const [route, { fair, isOpen = false }] of TABLE)
      if (!isOpen && fair !== undefined)
        expect((await send(house, fair(sides[0]))).status, route).toBe(401);
  });
});

describe('a report across campaigns', () => {
  it('tells nothing of a campaign on another site', async () => {
    const { house, sides } = await aTwoSided();
    const [mine, theirs] = sides;
    const ids = { experiments: [theirs.experiment, theirs.draft], personalizations: [] };
    const body = {
      conversionType: 'CONVERTED_VISITS',
      breakdown: { type: 'CROSS_CAMPAIGN', ...ids },
    };
    const path = `/experiments/${mine.experiment}/results`;
    const asked = await send(house, { method: 'POST', path, body }, mine.token);
    const { dataCode = '' } = (await asked.json()) as { dataCode?: string };
    house.clock.nowMs += 60_000;
    const poll = { method: 'GET', path: `/results?dataCode=${dataCode}` };
    const text = await (await send(house, poll, mine.token)).text();
    const own = await send(
      house,
      { method: 'GET', path: `/experiments/${theirs.experiment}` },
      theirs.token,
    );
    const { variations } = (await own.json()) as { variations: number[] };
    for (const id of [theirs.experiment, theirs.draft, ...variations])
      expect(text).not.toContain(`"${id}`);
  });
});

describe('a token that may only read', () => {
  it('changes nothing on any route', async () => {
    const { house, sides } = await aTwoSided();
    const token = await house.tokenOf('reader');
    const state = toState(house);
    for (const [route, { fair, isOpen = false }] of TABLE) {
      if (isOpen || fair === undefined) continue;
      const isReading = route.startsWith('GET') || /\/(search|results|share)$/.test(route);
      if (/GET \/(accounts|results)/.test(route)) continue;
      const { status } = await send(house, fair(sides[0]), token);
      if (isReading) expect(status, route).toBe(200);
      else expect(status, route).toBe(403);
    }
    expect(toState(house)).toBe(state);
  });
});

describe('a shared token', () => {
  it('opens the results of its experiment and their polls, and no other route', async () => {
    const { house, sides } = await aTwoSided();
    const [mine, theirs] = sides;
    const share = `/experiments/${mine.experiment}/results/share`;
    const answer = await send(house, { method: 'POST', path: share, body: {} }, mine.token);
    const { sharedToken } = (await answer.json()) as { sharedToken: string };
    for (const [route, { fair, isOpen = false }] of TABLE) {
      if (isOpen || fair === undefined) continue;
      const isOpened = route === 'POST /experiments/:id/results' || route === 'GET /results';
      const { status } = await send(house, fair(mine), sharedToken);
      expect(status, route).toBe(isOpened ? 200 : 403);
      if (!route.startsWith('GET') && !isOpened) continue;
      const others = await send(house, fair(theirs), sharedToken);
      expect(others.status, route).toBe(route === 'GET /results' ? 404 : 403);
    }
  });
});
