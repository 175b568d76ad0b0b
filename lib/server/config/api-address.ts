import 'server-only';

export type ApiAddress =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly fault: string; readonly fix: string };

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the API's address: HTTPS, or plain HTTP on loopback (the sandbox). The API refuses plain HTTP
 * (fact sheet 1.1), and a token sent over it would be readable on the way.
 */
export function apiAddress(text: string): ApiAddress {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return {
      ok: false,
      fault: 'is not a URL',
      fix: 'use a form such as https://api.kameleoon.com',
    };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return { ok: false, fault: `has the scheme ${url.protocol}`, fix: 'use https://' };
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    return {
      ok: false,
      fault: 'is plain HTTP, which would send the access token unencrypted',
      fix: `use https://${url.host}`,
    };
  if (url.username || url.password)
    return { ok: false, fault: 'holds a user name or password', fix: 'leave them out' };
  if (url.search || url.hash)
    return { ok: false, fault: 'has a query or fragment', fix: 'give scheme, host and path only' };
  return { ok: true, url: url.href.replace(/\/+$/, '') };
}
