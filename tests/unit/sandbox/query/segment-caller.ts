import { createTestSandbox, type TestSandbox } from '@/tests/unit/sandbox/test-sandbox';
import { expect } from 'vitest';

export type Row = Readonly<Record<string, unknown>>;

export const SHOP = 20103;
export const URL = { targetingType: 'PAGE_URL', matchType: 'CONTAINS', url: '/product/' };
export const PHONE = { targetingType: 'DEVICE_TYPE', device: 'PHONE' };
export const FRANCE = { targetingType: 'GEOLOCATION', country: 'FR' };
export const NEW = { targetingType: 'NEW_VISITORS', visitorsType: 'NEW' };

export const toConditions = (...conditions: unknown[]) => ({ firstLevel: [{ conditions }] });

export interface Data {
  readonly firstLevelOrOperators: readonly boolean[];
  readonly firstLevel: readonly { orOperators: boolean[]; conditions: Row[] }[];
}
export const dataOf = (segment: Row): Data => segment['conditionsData'] as Data;
export const leavesOf = (segment: Row): Row[] =>
  dataOf(segment).firstLevel.flatMap(({ conditions }) => conditions);

export const refusal = async (response: Response): Promise<string> => {
  expect(response.status).toBe(400);
  return ((await response.json()) as { message: string }).message;
};

/** A sandbox, and short ways to make segments in it. */
export async function createSegmentCaller() {
  const sandbox: TestSandbox = await createTestSandbox();
  let made = 0;
  const send = async (method: string, path: string, body: unknown): Promise<Response> => {
    sandbox.clock.nowMs += 1_000;
    const headers = { 'content-type': 'application/json' };
    return sandbox.send(path, { method, headers, body: JSON.stringify(body) });
  };
  /** Every segment has a name of its own. */
  const toBody = (conditions: Row): Row => ({
    siteId: SHOP,
    name: `Segment ${(made += 1)}`,
    ...conditions,
  });
  return {
    sandbox,
    send,
    toBody,
    create: async (conditions: Row): Promise<Row> => {
      const response = await send('POST', '/segments', toBody(conditions));
      expect(response.status).toBe(201);
      return (await response.json()) as Row;
    },
    read: async (id: unknown): Promise<Row> => {
      sandbox.clock.nowMs += 1_000;
      return (await sandbox.read(`/segments/${String(id)}`)) as Row;
    },
  };
}
