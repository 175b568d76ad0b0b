import { describe, expect, it } from 'vitest';
import { isProblemError } from '@/lib/core/problem/problem';
import { readJsonBody } from '@/lib/server/http/body-input';

const aRequest = (body: string, type = 'application/json'): Request =>
  new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': type } });

const faultOf = async (request: Request): Promise<string | undefined> => {
  const error: unknown = await readJsonBody(request, 64).catch((thrown: unknown) => thrown);
  return isProblemError(error) ? error.problem.field : undefined;
};

describe('the body of a request', () => {
  it('is read as JSON', async () => {
    expect(await readJsonBody(aRequest('{"text":"é"}', 'application/json; charset=utf-8'))).toEqual(
      {
        text: 'é',
      },
    );
  });

  it('is refused in a type that any page may send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
      expect(await faultOf(aRequest('{}', type))).toBe('content-type');
  });

  it('is refused when it is no JSON, or nothing', async () => {
    expect(await faultOf(aRequest('{'))).toBe('body');
    expect(await faultOf(aRequest(''))).toBe('body');
  });

  it('is read no further than its limit', async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(32));
      },
    });
    const headers = new Headers({ 'content-type': 'application/json' });
    const error: unknown = await readJsonBody({ headers, body }, 64).catch((e: unknown) => e);
    expect(isProblemError(error) && error.problem.field).toBe('body');
    expect(pulled).toBeLessThan(6);
  });
});
