import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Something nobody guesses: 48 hexadecimal digits. */
export const createSecret = (): string => randomBytes(24).toString('hex');

/** What is kept of a secret that must outlive the process. */
export const toFingerprint = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

/** Compares without telling by the time it takes how much of it is right. */
export function isSecret(given: string, secret: string): boolean {
  const toDigest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(toDigest(given), toDigest(secret));
}
