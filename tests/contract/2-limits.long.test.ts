/** The windows of 2.9. Each test spends those of another account. */
import { expect } from 'vitest';
import { openContract, type World } from './contract';
import { ASK, askResults } from './http/report';
import { readToken } from './http/token';
import { send, type Answer } from './http/wire';

const { fact } = openContract({ active: 3, stopped: 3, trueWindows: true });

const tokens = new Map<string, Promise<string>>();
/** One token an account: asking for one may count too. */
function tokenOf(world: World, name: string): Promise<string> {
  const credentials = { clientId: `${name}-client`, clientSecret: `${name}-secret` };
  const token = tokens.get(name) ?? readToken(world.url, credentials);
  tokens.set(name, token);
  return token;
}

/** Straight to the wire: here nobody keeps below the limit. */
const ask = (world: World, token: string, path = '/sites'): Promise<Answer> =>
  send(world.url, { method: 'GET', path, headers: { Authorization: `Bearer ${token}` } });

async function burst(world: World, token: string, size: number, path?: string): Promise<Answer[]> {
  return Promise.all(Array.from({ length: size }, () => ask(world, token, path)));
}
const servedOf = (answers: readonly Answer[]): number =>
  answers.filter((answer) => answer.status === 200).length;

fact('2.7-throttled', async (world) => {
  const answers = await burst(world, await tokenOf(world, 'reader'), 60);
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 429]));
});

fact('2.9-ten-seconds', async (world) => {
  const answers = await burst(world, await tokenOf(world, 'shop'), 55);
  // Whether the request for the token counts is in no source.
  expect([49, 50]).toContain(servedOf(answers));
  const refused = answers.filter((answer) => answer.status === 429);
  expect(refused).toHaveLength(55 - servedOf(answers));
});

fact('2.9-no-headers', async (world) => {
  const answers = await burst(world, await tokenOf(world, 'shop'), 60);
  const over = answers.find((answer) => answer.status === 429);
  expect(over).toBeDefined();
  const names = [...(over?.headers.keys() ?? [])];
  expect(names.filter((name) => /^(retry-after|x-ratelimit)/.test(name))).toEqual([]);
});

fact('2.9-per-credential', async (world) => {
  const mine = await tokenOf(world, 'insurance');
  const second = await readToken(world.url, {
    clientId: 'insurance-client',
    clientSecret: 'insurance-secret',
  });
  expect(second).not.toBe(mine);
  await burst(world, mine, 50);
  expect((await ask(world, second)).status).toBe(429);
  expect((await ask(world, await tokenOf(world, 'demo'))).status).toBe(200);
});

fact('2.9-hour', async (world) => {
  // A neighbour on the same credentials spends all but a few of the hour's thousand.
  await world.stage({ kind: 'neighbour', hourShare: 0.99, pace: 'burst' }, async () => {
    const answers = await burst(world, await tokenOf(world, 'demo'), 30);
    expect(servedOf(answers)).toBeLessThanOrEqual(10);
    expect(answers.some((answer) => answer.status === 429)).toBe(true);
  });
});

fact('4.4-poll-costs', async (world) => {
  const dataCode = await askResults(world.api, '/experiments/188401', ASK);
  const polls = await burst(
    world,
    await tokenOf(world, 'demo'),
    51,
    `/results?dataCode=${dataCode}`,
  );
  expect(polls.some((answer) => answer.status === 429)).toBe(true);
});
