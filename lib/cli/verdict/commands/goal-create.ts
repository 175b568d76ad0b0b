import type { SitesOptions } from '@/lib/cli/verdict/commands/over-sites';
import { createOverSites } from '@/lib/cli/verdict/commands/over-sites';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import type { Run } from '@/lib/cli/verdict/session';

export interface GoalOptions extends SitesOptions {
  readonly name?: string;
  readonly type?: string;
  /** `key=text` or `key:=json`. */
  readonly param: readonly string[];
  /** Several conversions of one visit count. */
  readonly multiple?: true;
  readonly description?: string;
}

/** Parameters that are numbers by their nature; the API knows no text there. */
const NUMBERS: ReadonlySet<string> = new Set([
  'timeSeconds',
  'numberOfVisitedPages',
  'scrollValue',
]);

/** The same goal in one project or many. Goal names are not unique upstream, so a name is looked for first. */
export const createGoal =
  (options: GoalOptions): Run =>
  async (session) => {
    const name = options.name?.trim() ?? '';
    if (name === '') throw new InputFault('--name is missing');
    const type = options.type?.trim().toUpperCase() ?? '';
    if (!/^[A-Z_]{1,60}$/.test(type))
      throw new InputFault(
        '--type is missing or no type (CLICK, CUSTOM, URL, SCROLL, PAGE_VIEWS, TIME_SPENT, …)',
      );
    const params = toParams(options.param);
    const { goals } = session.api;
    const { description } = options;
    return createOverSites(session, 'goal', name, options, {
      list: (settings) => goals.list(settings),
      create: (siteId) =>
        goals.create({
          ...{ name, siteId, type, hasMultipleConversions: options.multiple === true },
          ...(params !== null && { params }),
          ...(description !== undefined && { description }),
        }),
    });
  };

function toParams(given: readonly string[]): Readonly<Record<string, unknown>> | null {
  if (given.length === 0) return null;
  return Object.fromEntries(
    given.map((text) => {
      const [, key = '', sign = '', value = ''] = /^([A-Za-z]\w*)(:?=)([^]*)$/.exec(text) ?? [];
      if (key === '')
        throw new InputFault(`--param "${plain(text).slice(0, 60)}": use key=text, or key:=json`);
      return [
        key,
        sign === ':=' ? toJson(key, value) : NUMBERS.has(key) ? toNumber(key, value) : value,
      ];
    }),
  );
}

function toJson(key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputFault(`--param ${key}: is not JSON`);
  }
}

function toNumber(key: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InputFault(`--param ${key}: "${plain(text).slice(0, 40)}" is no number`);
  return value;
}
