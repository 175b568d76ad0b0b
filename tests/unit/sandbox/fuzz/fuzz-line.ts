import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { BASE, CREDENTIALS, EPOCH_MS, sharedWorld } from '@/tests/unit/sandbox/test-sandbox';
import { toWellFormed, type FuzzRequest } from './requests';

/** Asked as several clients of different rights and sites, and now and then as nobody. */
const CLIENTS = [
  [CREDENTIALS.clientId, CREDENTIALS.clientSecret],
  ['insurance-client', 'insurance-secret'],
  ['shop-client', 'shop-secret'],
  ['reader-client', 'reader-secret'],
] as const;
const NO_TOKENS = ['', 'Bearer', 'Bearer x', 'Basic YTpi', 'Bearer \u00ff', 'Bearer a b'];
/** Apart enough that the windows are seldom full, close enough that now and then one is. */
const STEP_MS = 3_000;
/** Tokens are renewed long before they die. */
const RENEWED_AFTER = 2_000;

export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** How long the answer was in coming, on the sandbox's clock. */
  readonly tookMs: number;
}

/** A sandbox under fuzzing: it keeps the ids that were made, so that later requests meet them. */
export function createFuzzLine() {
  let nowMs = EPOCH_MS + 5_000;
  let sent = 0;
  let tokens: string[] = [];
  const made = new Map<string, string[]>();
  const sandbox = createSandbox({
    world: sharedWorld,
    credentials: CREDENTIALS,
    clock: () => nowMs,
    setTimer: (task, delayMs) => {
      nowMs += delayMs;
      queueMicrotask(task);
      return () => {};
    },
  });

  async function renew(): Promise<void> {
    tokens = [];
    for (const [client_id, client_secret] of CLIENTS) {
      const form = { grant_type: 'client_credentials', client_id, client_secret };
      const body = new URLSearchParams(form);
      const response = await sandbox.fetch(
        new Request(`${BASE}/oauth/token`, { method: 'POST', body }),
      );
      tokens.push(((await response.json()) as { access_token: string }).access_token);
    }
  }

  async function ask(path: string, init: RequestInit): Promise<FuzzAnswer> {
    nowMs += STEP_MS;
    const beganMs = nowMs;
    const response = await sandbox.fetch(new Request(`${BASE}${path}`, init));
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, text, tookMs: nowMs - beganMs };
  }

  const kindOf = (path: string): string => /\/([a-z-]+)(?=[/?]|$)/.exec(path)?.[1] ?? '';

  /** Under the kind it is asked for by; a data code under `results`. */
  function remember(path: string, text: string): void {
    const found = /"(id|dataCode)":"?(\d+)/.exec(text);
    if (found?.[2] === undefined) return;
    const kind = found[1] === 'id' ? kindOf(path) : 'results';
    made.set(kind, [...(made.get(kind) ?? []), found[2]]);
  }

  function fill({ path, made: ago }: FuzzRequest): string {
    const ids = made.get(kindOf(path)) ?? [];
    const id = ids[Math.max(0, ids.length - 1 - ago)] ?? '188408';
    return toWellFormed(path.replaceAll('{id}', id));
  }

  return {
    async send(request: FuzzRequest): Promise<FuzzAnswer> {
      if (sent % RENEWED_AFTER === 0) {
        // A full window would refuse the new tokens too.
        nowMs += 3_600_000;
        await renew();
      }
      sent += 1;
      const path = fill(request);
      const token = tokens[request.token < 9 ? 0 : request.token - 9];
      const authorization =
        token === undefined ? NO_TOKENS[sent % NO_TOKENS.length]! : `Bearer ${token}`;
      const headers = new Headers({ authorization });
      if (request.contentType !== undefined) headers.set('content-type', request.contentType);
      const isBodied = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
      const answer = await ask(path, {
        method: request.method,
        headers,
        ...(isBodied && request.body !== undefined ? { body: request.body } : {}),
      });
      if (answer.status === 201 || answer.text.includes('dataCode')) remember(path, answer.text);
      return answer;
    },
    /** GET as the first client, with time enough. */
    async read(path: string): Promise<FuzzAnswer> {
      nowMs += 4_000;
      return ask(path, { headers: { authorization: `Bearer ${tokens[0]}` } });
    },
    renew: async () => {
      nowMs += 3_600_000;
      await renew();
    },
    countMade: () => [...made.values()].flat().length,
  };
}
