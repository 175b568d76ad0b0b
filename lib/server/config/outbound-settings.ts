import 'server-only';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** How requests to the API leave this network. */
export interface OutboundSettings {
  /** The proxy that requests to the API pass, credentials included; null: none. Never logged. */
  readonly proxyUrl: string | null;
}

type Fault = (variable: string, fault: string, fix: string) => void;

interface Sources {
  readonly text: (name: string) => string | undefined;
  readonly apiUrl: string;
  /** What the process was started with, before any `.env` file. */
  readonly startedWith: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads `HTTPS_PROXY` (else `HTTP_PROXY`), `NO_PROXY` and `NODE_EXTRA_CA_CERTS`. There is one address to ask, so whether
 * it is asked through the proxy is settled here.
 */
export function readOutbound(
  { text, apiUrl, startedWith }: Sources,
  fault: Fault,
): OutboundSettings {
  const either = (name: string): [string, string] | null => {
    for (const written of [name.toLowerCase(), name]) {
      const value = text(written);
      if (value !== undefined) return [written, value];
    }
    return null;
  };
  checkAuthorities(text('NODE_EXTRA_CA_CERTS'), startedWith['NODE_EXTRA_CA_CERTS'], fault);
  const proxy = either('HTTPS_PROXY') ?? either('HTTP_PROXY');
  if (!proxy) return { proxyUrl: null };
  const [variable, value] = proxy;
  const wrong = proxyFault(value);
  if (wrong) {
    fault(variable, wrong, 'use a form such as http://proxy.example.com:3128');
    return { proxyUrl: null };
  }
  const isDirect = passesProxyBy(new URL(apiUrl), either('NO_PROXY')?.[1] ?? '');
  return { proxyUrl: isDirect ? null : value };
}

/** What is wrong with a proxy's address, without repeating it: it may hold a password. */
function proxyFault(value: string): string | null {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value))
    return 'is not a URL with its scheme';
  const { protocol, pathname, search, hash, username, password } = new URL(value);
  if (protocol !== 'http:' && protocol !== 'https:') return `has the scheme ${protocol}`;
  if (pathname !== '/' || search || hash) return 'has a path, query or fragment';
  if ((username === '') !== (password === '')) return 'has a user name or a password alone';
  return null;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether an address is asked without the proxy: this machine always, else what `NO_PROXY` lists, apart by commas or
 * blanks: `*`, or a host, which stands for what lies below it too (`example.com`, `.example.com`, `*.example.com`), or one
 * port of it (`example.com:8443`).
 */
export function passesProxyBy({ hostname, protocol, port }: URL, noProxy: string): boolean {
  if (LOOPBACK.test(hostname)) return true;
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', onlyPort] = /^(?:\*?\.)?(.+?)(?::(\d+))?$/.exec(entry) ?? [];
      if (onlyPort !== undefined && onlyPort !== ownPort) return false;
      return hostname === host || hostname.endsWith(`.${host}`);
    });
}

const FIX_AUTHORITIES = 'give the path of a readable file of certificates (PEM)';

/** Node itself trusts what the file holds, but only warns of one that it cannot read, and knows no `.env`. */
function checkAuthorities(path: string | undefined, given: string | undefined, fault: Fault): void {
  const variable = 'NODE_EXTRA_CA_CERTS';
  if (path === undefined) return;
  if (given?.trim() !== path)
    return fault(
      variable,
      'stands in an .env file, which Node does not read for it',
      'set it in the environment of the process itself',
    );
  let pem: string;
  try {
    pem = readFileSync(/* turbopackIgnore: true */ path, 'utf8');
  } catch {
    return fault(variable, 'names a file that cannot be read', FIX_AUTHORITIES);
  }
  try {
    new X509Certificate(pem);
  } catch {
    fault(variable, 'names a file that holds no certificate', FIX_AUTHORITIES);
  }
}
