import 'server-only';

import type { Problem } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';

export type Query = Readonly<Record<string, string>>;

/** From the base address on; a blank is `%20`, which nobody takes for a plus. */
export function toAddress(path: string, query: Query = {}): string {
  const text = new URLSearchParams(query).toString().replaceAll('+', '%20');
  return `${path}${text === '' ? '' : `?${text}`}`;
}

/** What common servers and proxies take as the first line of a request, with room for base address and method. */
export const MAX_ADDRESS = 7_500;

/** The problem of an address that would be cut or refused on its way; null where it is short enough. */
export function addressFault(asked: string, address: string): Problem | null {
  if (address.length <= MAX_ADDRESS) return null;
  return toProblem(
    'invalid-input',
    `${asked}: not sent, its address would have ${address.length} characters of at most ${MAX_ADDRESS}; ask for fewer values at once`,
    { field: 'filter' },
  );
}
