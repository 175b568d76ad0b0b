/** Against whom the suite runs: a sandbox of its own, or a real account that it may only read. */
export const LIVE = process.env.KAMELEOON_CONTRACT === 'live';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export const DEMO: Credentials = { clientId: 'demo-client', clientSecret: 'demo-secret' };

/** The account that is asked. Without credentials a live run fails before its first request. */
export function readTarget(): { url: string; credentials: Credentials } {
  const clientId = process.env.KAMELEOON_CLIENT_ID;
  const clientSecret = process.env.KAMELEOON_CLIENT_SECRET;
  if (!clientId || !clientSecret)
    throw new Error('a live run needs KAMELEOON_CLIENT_ID and KAMELEOON_CLIENT_SECRET');
  const url = process.env.KAMELEOON_API_URL ?? 'https://api.kameleoon.com';
  return { url: url.replace(/\/$/, ''), credentials: { clientId, clientSecret } };
}

/**
 * Requests a test file may spend: the sandbox's own windows, and few enough of a real account. There the gap is what
 * keeps files that follow each other within a window that none of them sees whole.
 */
export const ALLOWANCE = LIVE
  ? { perWindow: 25, inAll: 120, gapMs: 400 }
  : { perWindow: 46, inAll: 950, gapMs: 0 };
