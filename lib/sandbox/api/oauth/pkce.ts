import { createHash } from 'node:crypto';
import { isSecret } from './secret';

/** What an authorization request commits itself to (RFC 7636). */
export interface Challenge {
  readonly method: 'S256' | 'plain';
  readonly value: string;
}

/** Of a verifier and of a challenge alike. */
const FORM = /^[A-Za-z0-9\-._~]{43,128}$/;

/** Undefined when the request carries none; `faulty` when it cannot be understood. */
export function parseChallenge(
  value: string | undefined,
  method: string | undefined,
): Challenge | 'faulty' | undefined {
  if (value === undefined) return method === undefined ? undefined : 'faulty';
  if (!FORM.test(value)) return 'faulty';
  if (method === undefined || method === 'plain') return { method: 'plain', value };
  return method === 'S256' ? { method, value } : 'faulty';
}

/** A verifier without a challenge is refused too: somebody took the challenge off on its way. */
export function isVerified(
  challenge: Challenge | undefined,
  verifier: string | undefined,
): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  if (!FORM.test(verifier)) return false;
  const given =
    challenge.method === 'plain'
      ? verifier
      : createHash('sha256').update(verifier).digest('base64url');
  return isSecret(given, challenge.value);
}
