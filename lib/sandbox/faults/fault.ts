import { ANSWER_KINDS } from './kinds/answer-kinds';
import { CONNECTION_KINDS } from './kinds/connection-kinds';
import { COUNT_KINDS } from './kinds/count-kinds';
import type { Field, On } from './kinds/field';
import { SERVER_KINDS } from './kinds/server-kinds';

export const KINDS = { ...CONNECTION_KINDS, ...ANSWER_KINDS, ...SERVER_KINDS, ...COUNT_KINDS };
export type Kind = keyof typeof KINDS;

/** The own settings of a kind, all filled in. */
export type Settings<K extends Kind> = {
  readonly [
    Name in keyof (typeof KINDS)[K]['fields']
  ]: (typeof KINDS)[K]['fields'][Name] extends Field<infer Value> ? Value : never;
};

/** Whom a fault strikes, how often, and when. */
export interface Aim {
  /** Which requests. Default: all, or those the kind is about. */
  readonly on?: On;
  /** Only this path, as in the request report: `/experiments/{id}/results`; `*` is anything. */
  readonly path?: string;
  /** Only requests about this experiment; its polls too. */
  readonly experimentId?: number;
  /** 0 to 1, drawn for each request. Default 1. */
  readonly probability?: number;
  /** When it begins, from the moment it is set. Default 0. */
  readonly fromMs?: number;
  /** When it ends, from the moment it is set. Default: never. */
  readonly untilMs?: number;
  /** Instead of `untilMs`: how long it lasts. */
  readonly durationMs?: number;
}

/** A fault as one asks for it: settings left out take the kind's own. */
export type FaultSpec = {
  readonly [K in Kind]: Aim & { readonly kind: K } & Partial<Settings<K>>;
}[Kind];

/** A checked fault with everything filled in; times are epoch milliseconds. */
export interface Fault<K extends Kind = Kind> {
  readonly kind: K;
  readonly on: On;
  readonly path?: string;
  readonly experimentId?: number;
  readonly probability: number;
  readonly fromMs: number;
  /** Infinity: until it is taken off. */
  readonly untilMs: number;
  readonly settings: Settings<K>;
}
