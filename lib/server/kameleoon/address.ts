import 'server-only';

/** What became of the configured base address; the reason is one line for the person who configures. */
export type CheckedAddress =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly reason: string };

/** The variable the address comes from; named in the line so that the fix is obvious. */
const VARIABLE = 'KAMELEOON_API_URL';

/**
 * Checks the base address of the API: HTTPS, or plain HTTP to this machine (the sandbox).
 * Plain HTTP elsewhere would send the client secret in clear. A path (`/v1`) is kept, a trailing slash dropped.
 *
 * Example: `https://api.kameleoon.com/` -> `{ ok: true, url: 'https://api.kameleoon.com' }`.
 */
export function checkAddress(raw: string): CheckedAddress {
  const fail = (reason: string): CheckedAddress => ({ ok: false, reason });
  if (!URL.canParse(raw.trim())) return fail(`${VARIABLE} is not an address (https://...)`);
  const url = new URL(raw.trim());
  // The address itself is not repeated where it may hold a password.
  if (url.username !== '' || url.password !== '')
    return fail(`${VARIABLE} must not contain a user name or password`);
  if (url.search !== '' || url.hash !== '')
    return fail(`${VARIABLE} must not contain a query or a fragment`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return fail(
      `${VARIABLE} is plain HTTP (http://${url.host}): only https is used, http is for loopback alone`,
    );
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return fail(`${VARIABLE} must start with https://`);
  return { ok: true, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}

/** URL parsing has already written 127.1 and 0x7f.1 as 127.0.0.1. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
