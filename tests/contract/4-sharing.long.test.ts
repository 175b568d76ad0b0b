import { expect } from 'vitest';
import { openContract, type World } from './contract';
import { ASK, askResults, awaitReport } from './http/report';
import { asText } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 2 });

const EXPERIMENT = '/experiments/188401';

/** The one text of the answer, whatever its field is called. */
async function share({ api }: World): Promise<string> {
  const answer = await api.call('POST', `${EXPERIMENT}/results/share`, { body: ASK });
  expect([200, 201]).toContain(answer.status);
  const texts = Object.values(answer.row()).filter((value) => typeof value === 'string');
  return asText(texts[0]);
}

fact('4.7-share', async (world) => {
  expect(await share(world)).toMatch(/^\S{8,}$/);
});

fact('4.7-share-field', async ({ api }) => {
  const answer = await api.call('POST', `${EXPERIMENT}/results/share`, { body: ASK });
  expect(answer.row()).toEqual({ sharedToken: expect.any(String) });
});

fact('4.7-in-place', async (world) => {
  const guest = world.withToken(await share(world));
  const report = await awaitReport(guest, await askResults(guest, EXPERIMENT, ASK));
  const own = await awaitReport(world.api, await askResults(world.api, EXPERIMENT, ASK));
  expect(Object.keys(report.variations).toSorted()).toEqual(Object.keys(own.variations).toSorted());
});

fact('4.7-scope', async (world) => {
  const guest = world.withToken(await share(world));
  const others = [
    ['POST', '/experiments/188501/results', ASK],
    ['GET', '/experiments', undefined],
    ['GET', EXPERIMENT, undefined],
    ['PATCH', EXPERIMENT, { name: 'taken over' }],
    ['POST', `${EXPERIMENT}/results/share`, ASK],
  ] as const;
  for (const [method, path, body] of others) {
    const answer = await guest.call(method, path, body ? { body } : {});
    expect([path, [401, 403].includes(answer.status)]).toEqual([path, true]);
  }
});
