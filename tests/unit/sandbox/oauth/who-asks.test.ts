import { describe, expect, it } from 'vitest';
import { createAccessTokens } from '@/lib/sandbox/api/oauth/access-tokens';
import { findPerson, toPrincipal } from '@/lib/sandbox/state/people';
import { ADMIN, createOauthSandbox, INSURANCE_EDITOR } from './oauth-sandbox';

const idsOf = async (answer: Response): Promise<number[]> =>
  ((await answer.json()) as { id: number }[]).map(({ id }) => id);

describe('accounts', () => {
  it.each([
    ['demo', [70001, 70002, 70003, 70004, 70005]],
    ['insurance', [70002]],
    ['shop', [70004]],
    ['reader', [70005]],
  ])('%s-client sees its own first, and others only as administrator', async (name, ids) => {
    const { tokenOf, get } = createOauthSandbox();
    const answer = await get('/accounts', await tokenOf(name));
    expect(answer.headers.get('x-pagination-page-count')).toBe('1');
    expect(await idsOf(answer)).toEqual(ids);
  });

  it('are read by id, turned in pages and filtered', async () => {
    const { tokenOf, get } = createOauthSandbox();
    const token = await tokenOf('demo');
    expect(await (await get('/accounts/70004', token)).json()).toMatchObject({ lastName: '渡辺' });
    expect(await idsOf(await get('/accounts?perPage=2&page=3', token))).toEqual([70005]);
    const filter = JSON.stringify([
      { field: 'lastName', operator: 'EQUAL', parameters: ['Okafor'] },
    ]);
    const found = await get(`/accounts?filter=${encodeURIComponent(filter)}`, token);
    expect(await idsOf(found)).toEqual([70005]);
    const sort = JSON.stringify([{ field: 'id', direction: 'DESC' }]);
    const sorted = await get(`/accounts?perPage=1&sort=${encodeURIComponent(sort)}`, token);
    expect(await idsOf(sorted)).toEqual([70005]);
  });

  it('of others do not exist for whoever is no administrator', async () => {
    const { tokenOf, get } = createOauthSandbox();
    const token = await tokenOf('insurance');
    expect((await get('/accounts/70002', token)).status).toBe(200);
    expect((await get('/accounts/70001', token)).status).toBe(404);
    expect((await get('/accounts/1', token)).status).toBe(404);
  });
});

describe('sites', () => {
  it.each([
    ['demo', [20101, 20102, 20103]],
    ['insurance', [20101]],
    ['shop', [20103]],
    ['reader', [20101, 20102, 20103]],
  ])('of %s-client are what it was given', async (name, ids) => {
    const { tokenOf, get } = createOauthSandbox();
    expect(await idsOf(await get('/sites', await tokenOf(name)))).toEqual(ids);
  });
});

describe('a missing right', () => {
  it('is 403 in the form of the API', async () => {
    const { tokenOf, send } = createOauthSandbox();
    const answer = await send('/goals', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenOf('reader')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        siteId: 20101,
        name: 'g',
        type: 'CUSTOM',
        hasMultipleConversions: false,
      }),
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ status: 'ERROR' });
  });
});

describe('rate windows', () => {
  const spend = async (house: ReturnType<typeof createOauthSandbox>, token: string) => {
    let passed = 0;
    while ((await house.get('/sites', token)).status === 200 && passed < 60) passed += 1;
    return passed;
  };

  it('belong to a client, whichever of its tokens it shows', async () => {
    const house = createOauthSandbox();
    const [one, other] = [await house.tokenOf('demo'), await house.tokenOf('demo')];
    expect(await spend(house, one)).toBe(48);
    expect((await house.get('/sites', other)).status).toBe(429);
    expect(await spend(house, await house.tokenOf('reader'))).toBe(49);
  });

  it('belong to each person of a partner application', async () => {
    const house = createOauthSandbox();
    const [admin, again, editor] = [
      await house.connect(ADMIN),
      await house.connect(ADMIN),
      await house.connect(INSURANCE_EDITOR),
    ];
    expect(await spend(house, admin.access_token)).toBe(48);
    expect((await house.get('/sites', again.access_token)).status).toBe(429);
    // A refresh counts too; were it let through, the old token would be gone and the new one unheard.
    expect((await house.refresh(again.refresh_token)).status).toBe(429);
    expect(await spend(house, editor.access_token)).toBe(49);
    house.clock.nowMs += 10_000;
    expect((await house.refresh(again.refresh_token)).status).toBe(200);
  });

  it('belong to each token when told so', async () => {
    const house = createOauthSandbox({ rateKey: 'token' });
    const [one, other] = [await house.tokenOf('demo'), await house.tokenOf('demo')];
    expect(await spend(house, one)).toBe(50);
    expect(await spend(house, other)).toBe(50);
  });
});

describe('a shared token', () => {
  const principal = toPrincipal(findPerson(ADMIN)!, 'demo-client');

  it('stands for one experiment, reading only, in windows of its own, for a day', () => {
    const tokens = createAccessTokens();
    const token = tokens.issueShared(188_400, principal, 0);
    expect(tokens.find(token, 86_399_999)).toMatchObject({
      rateKey: 'demo-client:shared:188400',
      principal: { accountId: ADMIN, rights: new Set(['read']), onlyResultsOf: 188_400 },
    });
    expect(tokens.find(token, 86_400_000)).toBeUndefined();
  });
});
