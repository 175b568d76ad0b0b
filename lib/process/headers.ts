import { randomBytes } from 'node:crypto';

/** Headers that every answer of ours carries, pages, scripts and data alike. */
const COMMON: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // No page may be framed until there is an embed door that knows who frames it.
  'X-Frame-Options': 'DENY',
};

/**
 * The content security policy of one page load. Scripts run by nonce only; Next reads the nonce from this header of the
 * request and puts it on its own scripts. Style *attributes* stay allowed, for charts place their parts with them; style
 * elements do not.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src-elem 'self'${isDevelopment ? " 'unsafe-inline'" : ` 'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const createNonce = (): string => randomBytes(16).toString('base64');

export const responseHeaders = (policy: string): Readonly<Record<string, string>> => ({
  ...COMMON,
  'Content-Security-Policy': policy,
});
