import type { Problem } from '@/lib/core/problem/problem';

/** One line of an answer that takes a while: the last one is `done` or `failed`. */
export type ProgressLine<Value> =
  /** Wire requests spent so far. */
  | { readonly kind: 'asking'; readonly requests: number }
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly problem: Problem };
