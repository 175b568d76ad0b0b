import { decodeCode, readNamedFile } from '@/lib/cli/verdict/code/read-code';
import type { SitesOptions } from '@/lib/cli/verdict/commands/over-sites';
import { createOverSites } from '@/lib/cli/verdict/commands/over-sites';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import type { Run } from '@/lib/cli/verdict/session';

export interface SegmentOptions extends SitesOptions {
  readonly name?: string;
  readonly file?: string;
  readonly description?: string;
}

type Plain = Readonly<Record<string, unknown>>;

/** The same segment in one project or many, from a file of conditions. */
export const createSegment =
  (options: SegmentOptions): Run =>
  async (session) => {
    const { file, description } = options;
    const name = options.name?.trim() ?? '';
    if (name === '') throw new InputFault('--name is missing');
    if (file === undefined) throw new InputFault('--file is missing');
    const conditionsData = readConditions(session.folder, file);
    const { segments } = session.api;
    return createOverSites(session, 'segment', name, options, {
      list: (settings) => segments.list(settings),
      create: (siteId) =>
        segments.create({
          ...{ name, siteId, conditionsData, segmentType: 'STANDARD' },
          ...(description !== undefined && { description }),
        }),
    });
  };

/** `{"firstLevel": […]}`, or an object that holds it as `conditionsData`, as `segments list --json` gives it. */
function readConditions(folder: string, file: string): Plain {
  const text = decodeCode(readNamedFile(folder, file), file).replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const [, place] = /position (\d+)/.exec(String(error)) ?? [];
    const line = text
      .slice(0, place === undefined ? text.length : Number(place))
      .split('\n').length;
    throw new InputFault(`${plain(file)}: line ${line}: is not JSON`);
  }
  const inner = isPlain(value) && 'conditionsData' in value ? value['conditionsData'] : value;
  if (!isPlain(inner) || !Array.isArray(inner['firstLevel']))
    throw new InputFault(
      `${plain(file)}: firstLevel, the list of groups of conditions, is missing`,
    );
  return withoutIds(inner);
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Conditions that were read elsewhere carry ids of their own; here the server gives new ones. */
function withoutIds(conditions: Plain): Plain {
  const groups = (conditions['firstLevel'] as unknown[]).map((group) => {
    if (!isPlain(group) || !Array.isArray(group['conditions'])) return group;
    const own = group['conditions'].map((one: unknown) =>
      isPlain(one) ? Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'id')) : one,
    );
    return { ...group, conditions: own };
  });
  return { ...conditions, firstLevel: groups };
}
