import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFuzzLine, type FuzzAnswer } from './fuzz/fuzz-line';
import { requestArbitrary, type FuzzRequest } from './fuzz/requests';

const REQUESTS = 20_000;
/** No answer may hang on timers longer than this, on the sandbox's own clock. */
const LONGEST_MS = 10_000;
const KINDS =
  'sites experiments variations goals segments feature-flags personalizations targeting-rules custom-datas accounts';

/** The live error form; the token endpoint has that of RFC 6749, the consent page is a page. */
function expectRefusal({ path, method }: FuzzRequest, answer: FuzzAnswer): void {
  if (method === 'HEAD') return;
  if (answer.contentType.startsWith('text/html')) {
    expect(path).toContain('/oauth/authorize');
    return;
  }
  const body = JSON.parse(answer.text) as Readonly<Record<string, unknown>>;
  if (typeof body['error'] === 'string') {
    expect(path).toContain('/oauth/');
    return;
  }
  expect(body).toEqual({
    status: 'ERROR',
    message: expect.stringMatching(/\S/) as string,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}$/) as string,
  });
  expect(String(body['message']).length).toBeLessThan(5_000);
}

it(`answers ${REQUESTS} random requests without a failure of its own, and can be read afterwards`, async () => {
  const line = createFuzzLine();
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(requestArbitrary, async (request) => {
      const answer = await line.send(request);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect(answer.status).toBeLessThan(500);
      expect(answer.tookMs).toBeLessThan(LONGEST_MS);
      if (answer.status >= 400) expectRefusal(request, answer);
      else if (answer.contentType.startsWith('application/json') && request.method !== 'HEAD')
        JSON.parse(answer.text);
    }),
    { numRuns: REQUESTS, endOnFailure: false },
  );

  // It was not all refused at the door: every status a client may see was seen, and much was made.
  for (const status of [200, 201, 400, 401, 403, 404]) {
    expect(statuses.get(status) ?? 0, `answers of ${status}`).toBeGreaterThan(20);
  }
  expect(line.countMade()).toBeGreaterThan(100);

  await line.renew();
  for (const kind of KINDS.split(' ')) {
    const answer = await line.read(`/${kind}?perPage=200&optionalFields=goals,tags`);
    expect(answer.status).toBe(200);
    const rows = JSON.parse(answer.text) as { id: number }[];
    const [last] = rows.slice(-1);
    if (last === undefined || kind === 'feature-flags') continue;
    const one = await line.read(`/${kind}/${last.id}?optionalFields=goals,tags`);
    expect(JSON.parse(one.text)).toEqual(last);
  }
}, 180_000);
