import 'server-only';

/**
 * Whether a request that changes or spends something may come from where it says it does. A browser tells the site of
 * the page that asks (`Sec-Fetch-Site`); older ones tell its origin at least; who tells neither is no browser, and no
 * page can make it ask.
 */
export function isOwnPage(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  if (origin === null) return true;
  const host = headers.get('x-forwarded-host') ?? headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}
