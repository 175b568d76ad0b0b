import { createImitation } from '@/lib/cli/verdict/rehearsal/imitation';

/** One call of a dry run. */
export interface RehearsedCall {
  readonly method: string;
  /** From the API's base address on, with its query. */
  readonly path: string;
  /** Parsed JSON; null where there is none. */
  readonly body: unknown;
  /** `read`: it was sent, for it changes nothing. `would-send`: it was not. */
  readonly kind: 'read' | 'would-send';
}

export interface Rehearsal {
  readonly wrapFetch: (send: typeof globalThis.fetch) => typeof globalThis.fetch;
  readonly calls: readonly RehearsedCall[];
  /** Requests for a token: they cost too. */
  tokens(): number;
  /** Ids that stand for what does not exist yet -> what they stand for. */
  readonly madeUp: ReadonlyMap<number, string>;
}

/** What is asked by POST and changes nothing. */
const READING_POST = /(\/oauth\/token|\/results(\/share)?|\/search)$/;

/**
 * A dry run at the last door before the network: what only reads goes through, everything else is written down and
 * answered by an imitation, so that a command runs to its end and nothing that writes can leave.
 */
export function createRehearsal(): Rehearsal {
  const calls: RehearsedCall[] = [];
  let tokens = 0;
  const imitation = createImitation();
  const wrapFetch: Rehearsal['wrapFetch'] = (send) => async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = (
      init?.method ?? (input instanceof Request ? input.method : 'GET')
    ).toUpperCase();
    const body = parseBody(init?.body);
    const isToken = url.pathname.endsWith('/oauth/token');
    const isRead = method === 'GET' || (method === 'POST' && READING_POST.test(url.pathname));
    const known = method === 'GET' ? imitation.find(url.pathname) : null;
    const kind = isRead && known === null ? 'read' : 'would-send';
    if (isToken) tokens += 1;
    else calls.push({ method, path: toPath(url), body: body ?? null, kind });
    if (kind === 'would-send') return toAnswer(known ?? imitation.change(method, url, body));
    const answer = await send(input, init);
    if (method === 'GET' && answer.ok) await imitation.learn(url.pathname, answer.clone());
    return answer;
  };
  return { wrapFetch, calls, tokens: () => tokens, madeUp: imitation.madeUp };
}

/** Without the version or whatever else the base address brings: from the resource on. */
const toPath = ({ pathname, search }: URL): string => {
  const at = pathname.search(
    /\/(accounts|sites|experiments|variations|goals|segments|results|feature-flags)(\/|$)/,
  );
  return decode(`${at === -1 ? pathname : pathname.slice(at)}${search}`);
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

function parseBody(body: unknown): unknown {
  if (typeof body !== 'string') return null;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

const toAnswer = (body: object): Response =>
  new Response(JSON.stringify(body), {
    status: 200,
    headers: { 'content-type': 'application/json' },
  });
