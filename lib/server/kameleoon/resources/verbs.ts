import 'server-only';

import { z } from 'zod';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { CallSettings, ListSettings, SearchSettings } from '@/lib/server/kameleoon/api';
import type { Call } from '@/lib/server/kameleoon/call';
import type { Expression } from '@/lib/server/kameleoon/filters';
import type { ApiObject } from '@/lib/server/kameleoon/objects';
import type { Pages } from '@/lib/server/kameleoon/pages';
import { listRows } from '@/lib/server/kameleoon/resources/list-rows';
import { toChange, toWireFields } from '@/lib/server/kameleoon/resources/wire-fields';
import { checkId } from '@/lib/server/kameleoon/resources/wire-id';

/** What a resource stands on. */
export interface ResourceContext {
  readonly call: Call;
  readonly pages: Pages;
}

export interface Kind<Found> {
  /** `/experiments` */
  readonly path: string;
  /** Of one object. `named`: the fields asked for or sent, which therefore come back filled. */
  readonly schema: (named: readonly string[]) => z.ZodType<Found>;
}

type ReadSettings = CallSettings & { readonly optionalFields?: readonly string[] };

/** What a call takes of its settings. */
export const toCall = ({ priority = 'interactive', onSent, signal }: CallSettings) => ({
  priority,
  onSent,
  signal,
});

export const toOptional = (fields: readonly string[]) => ({
  ...(fields.length > 0 && { query: { optionalFields: fields.join(',') } }),
});

/** Creating takes the API a while, and an answer missed costs more than a wait. */
export const CREATE_TIMES = { timeoutMs: 30_000, deadlineMs: 60_000 } as const;
export const LOOK_BEFORE =
  'it may have been created: look for it by name before trying again' as const;

/** The verbs that kinds of objects share; each kind takes those it has. */
export function createVerbs<Found extends ApiObject>(
  { call, pages }: ResourceContext,
  { path, schema }: Kind<Found>,
) {
  const pathOf = (id: string): string => `${path}/${checkId(id)}`;
  return {
    pathOf,
    list: (settings: ListSettings = {}): AsyncIterable<Found> =>
      listRows(pages, { path, schema: schema(settings.optionalFields ?? []) }, settings),
    search: (expression: Expression, settings: SearchSettings = {}): AsyncIterable<Found> =>
      listRows(
        pages,
        { path: `${path}/search`, schema: schema(settings.optionalFields ?? []), expression },
        settings,
      ),
    async read(id: string, settings: ReadSettings = {}): Promise<Found> {
      const { optionalFields = [] } = settings;
      const { value } = await call({
        method: 'GET',
        path: pathOf(id),
        ...toOptional(optionalFields),
        schema: schema(optionalFields),
        ...toCall(settings),
      });
      return value;
    },
    async create(body: object, settings: CallSettings = {}): Promise<Found> {
      const json = toWireFields(body);
      const { value } = await call({
        method: 'POST',
        path,
        json,
        schema: schema(Object.keys(json)),
        once: LOOK_BEFORE,
        ...CREATE_TIMES,
        ...toCall(settings),
      });
      return value;
    },
    async change(id: string, fields: object, settings: CallSettings = {}): Promise<Found> {
      const at = pathOf(id);
      const json = toChange(`PATCH ${at}`, fields);
      const { value } = await call({
        method: 'PATCH',
        path: at,
        json,
        schema: schema(Object.keys(json)),
        ...toCall(settings),
      });
      return value;
    },
    async replace(read: Found, fields: object, settings: CallSettings = {}): Promise<Found> {
      const at = pathOf(read.id);
      if (String(read.rest['id']) !== read.id)
        throw new ProblemError(
          toProblem('invalid-input', `PUT ${at}: only an object that was read can be replaced`),
        );
      const json = { ...read.rest, ...toChange(`PUT ${at}`, fields) };
      const { value } = await call({
        method: 'PUT',
        path: at,
        json,
        schema: schema(Object.keys(json)),
        ...toCall(settings),
      });
      return value;
    },
    async remove(id: string, settings: CallSettings = {}): Promise<void> {
      await call({
        method: 'DELETE',
        path: pathOf(id),
        expects: 'any',
        schema: z.unknown(),
        ...toCall(settings),
      });
    },
  };
}
