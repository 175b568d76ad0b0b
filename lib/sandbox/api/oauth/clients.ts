import { isSecret } from './secret';

/** Id and secret, as one types them into an application's settings. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Asks by client credentials, in the name of one account. */
export interface InternalClient extends Credentials {
  readonly kind: 'internal';
  readonly accountId: number;
}

/** Asks for whoever consents, by authorization code. */
export interface PartnerClient extends Credentials {
  readonly kind: 'partner';
  /** As the consent page names it. */
  readonly name: string;
  /** Compared character by character. */
  readonly redirects: readonly string[];
}

export type Client = InternalClient | PartnerClient;

export interface Clients {
  find(clientId: string): Client | undefined;
  /** Undefined for an unknown id or a wrong secret. */
  authenticate(credentials: Credentials): Client | undefined;
}

export const DEFAULT_REDIRECT = 'http://127.0.0.1:3000/api/kameleoon/callback';

export interface ClientsOptions {
  /** Of the client that may do everything. */
  readonly credentials: Credentials;
  /** Of the partner application; default one, the callback of an app on this machine. */
  readonly redirects?: readonly string[];
  /** Of the partner application. */
  readonly partnerName?: string;
}

/** The clients a sandbox knows; see `docs/sandbox.md`. Throws for a redirect that cannot be registered. */
export function createClients(options: ClientsOptions): Clients {
  const {
    credentials,
    redirects = [DEFAULT_REDIRECT],
    partnerName = 'Results for product teams',
  } = options;
  for (const redirect of redirects) checkRedirect(redirect);
  const known: readonly Client[] = [
    { kind: 'internal', ...named('insurance'), accountId: 70002 },
    { kind: 'internal', ...named('shop'), accountId: 70004 },
    { kind: 'internal', ...named('reader'), accountId: 70005 },
    { kind: 'partner', ...named('partner'), name: partnerName, redirects },
    // Last: whoever renames it to one of the above means this one.
    { kind: 'internal', ...credentials, accountId: 70001 },
  ];
  const byId = new Map(known.map((client) => [client.clientId, client]));

  return {
    find: (clientId) => byId.get(clientId),
    authenticate: ({ clientId, clientSecret }) => {
      const client = byId.get(clientId);
      return client !== undefined && isSecret(clientSecret, client.clientSecret)
        ? client
        : undefined;
    },
  };
}

const named = (name: string): Credentials => ({
  clientId: `${name}-client`,
  clientSecret: `${name}-secret`,
});

/** RFC 6749, 3.1.2: absolute, without a fragment. What a header could not carry is refused as well. */
function checkRedirect(redirect: string): void {
  const isPlain =
    /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(redirect) && !/[#"<>\\;,]/.test(redirect);
  if (
    !isPlain ||
    !URL.canParse(redirect) ||
    /^(javascript|data|vbscript|blob|file):/i.test(redirect)
  )
    throw new Error(
      `The redirect ${JSON.stringify(redirect)} cannot be registered: it must be an absolute URL without a fragment.`,
    );
}
