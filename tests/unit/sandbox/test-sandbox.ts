import { createSandbox, type Behaviour, type Sandbox } from '@/lib/sandbox/api/create-sandbox';
import type { SavedState } from '@/lib/sandbox/state/state';
import type { SetTimer } from '@/lib/sandbox/timer';
import { createWorld, type World } from '@/lib/sandbox/world/world';

export const EPOCH_MS = Date.UTC(2026, 4, 21, 13, 7, 42);

/** One world for all tests of a file: what it answers does not depend on who asked before. */
export const sharedWorld: World = createWorld({ seed: 20260521, epochMs: EPOCH_MS });

export interface GoalData {
  readonly conversionCount: number;
  readonly convertedVisitCount: number;
  readonly revenueCount: number;
  readonly averageCart: number;
  readonly conversionRate: number;
  readonly improvementRate: number | null;
  readonly reliability: number | null;
}

export interface GeneralData {
  readonly visitCount: number;
  readonly visitorCount: number;
  readonly goalsData: Readonly<Record<string, GoalData>>;
}

export type VariationData = Readonly<
  Record<string, { breakdownData: Readonly<Record<string, { generalData: GeneralData }>> }>
>;

/** The API with a clock the test holds, a token, and short ways to ask. */
export interface TestSandbox {
  readonly clock: { nowMs: number };
  readonly control: Sandbox;
  /** Sends a request with the token; paths start with a slash. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** GET, parsed. */
  read(path: string): Promise<unknown>;
  newToken(): Promise<string>;
  post(path: string, body: unknown): Promise<Response>;
  /** Asks for results and waits on the test's clock until they are there. */
  results(experimentId: number, body?: Record<string, unknown>): Promise<VariationData>;
}

export const BASE = 'http://sandbox.test';
export const CREDENTIALS = { clientId: 'a-client', clientSecret: 'a-secret' };

interface TestOptions extends Behaviour {
  readonly world?: World;
  readonly nowMs?: number;
  readonly seed?: number;
  readonly saved?: SavedState;
  /** Default: waiting takes no time and moves the test's clock. */
  readonly setTimer?: SetTimer;
}

export async function createTestSandbox(options: TestOptions = {}): Promise<TestSandbox> {
  const clock = { nowMs: options.nowMs ?? EPOCH_MS + 5_000 };
  const sandbox = createSandbox({
    world: sharedWorld,
    setTimer: (task, delayMs) => {
      clock.nowMs += delayMs;
      queueMicrotask(task);
      return () => {};
    },
    ...options,
    credentials: CREDENTIALS,
    clock: () => clock.nowMs,
  });

  const newToken = async (): Promise<string> => {
    const response = await sandbox.fetch(
      new Request(`${BASE}/oauth/token`, { method: 'POST', body: toTokenForm() }),
    );
    return ((await response.json()) as { access_token: string }).access_token;
  };
  let token = await newToken();

  const send = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
    return sandbox.fetch(new Request(`${BASE}${path}`, { ...init, headers }));
  };
  const read = async (path: string): Promise<unknown> => (await send(path)).json();
  const post = (path: string, body: unknown): Promise<Response> =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  return {
    clock,
    control: sandbox,
    send,
    read,
    post,
    newToken: async () => (token = await newToken()),
    results: async (experimentId, body = {}) => {
      const askedMs = clock.nowMs;
      const question = { conversionType: 'CONVERTED_VISITS', visitorData: true, ...body };
      const started = await post(`/experiments/${experimentId}/results`, question);
      if (started.status !== 200) throw new Error(await started.text());
      const { dataCode } = (await started.json()) as { dataCode: string };
      clock.nowMs = askedMs + 60_000;
      const answer = (await read(`/results?dataCode=${dataCode}`)) as {
        data: { variationData: VariationData };
      };
      clock.nowMs = askedMs;
      return answer.data.variationData;
    },
  };
}

export function toTokenForm(changes: Readonly<Record<string, string>> = {}): URLSearchParams {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CREDENTIALS.clientId,
    client_secret: CREDENTIALS.clientSecret,
    ...changes,
  });
}
