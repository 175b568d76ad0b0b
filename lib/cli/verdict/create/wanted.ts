import { InputFault } from '@/lib/cli/verdict/fault';
import { readCode } from '@/lib/cli/verdict/code/read-code';
import { findGoal, findSite, toId } from '@/lib/cli/verdict/find';
import { plain } from '@/lib/cli/verdict/plain';
import type { Session } from '@/lib/cli/verdict/session';

/** `experiments create` as it was typed. */
export interface CreateOptions {
  readonly site?: string;
  readonly name?: string;
  readonly url?: string;
  readonly type: string;
  /** `NAME` or `NAME=file.js[,file.css]`. */
  readonly variation: readonly string[];
  readonly goal: readonly string[];
  readonly mainGoal?: string;
  readonly segment?: string;
  readonly split?: string;
  readonly launch?: true;
  readonly resume?: string;
  /** Variations that exist already and belong to no experiment yet. */
  readonly adopt: readonly string[];
}

export interface WantedVariation {
  readonly name: string;
  /** undefined: left as it is. */
  readonly jsCode?: string;
  readonly cssCode?: string;
}

/** What there is to be in the end: everything that was typed, read and looked up, before anything is written. */
export interface Wanted {
  readonly siteId: string;
  readonly name: string;
  readonly url: string;
  readonly type: string;
  readonly variations: readonly WantedVariation[];
  readonly goalIds: readonly string[];
  readonly mainGoalId: string | null;
  readonly segmentId: string | null;
  /** Shares of the original and of each variation in order, 0 to 1; null: equal. */
  readonly shares: readonly number[] | null;
  readonly isLaunched: boolean;
}

/** Reads files and looks up what is named; every fault of the input shows here, before the first write. */
export async function toWanted(session: Session, options: CreateOptions): Promise<Wanted> {
  const { site, name, url } = options;
  for (const [flag, value] of [
    ['--site', site],
    ['--name', name],
    ['--url', url],
  ] as const)
    if (value === undefined || value.trim() === '') throw new InputFault(`${flag} is missing`);
  if (site === undefined || name === undefined || url === undefined)
    throw new InputFault('--site, --name and --url are needed');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new InputFault(`--url: "${plain(url).slice(0, 80)}" is no web address`);

  const variations = options.variation.map((text) => toVariation(session.folder, text));
  const doubled = variations.find(
    (one, at) => variations.findIndex((other) => other.name === one.name) !== at,
  );
  if (doubled) throw new InputFault(`--variation "${plain(doubled.name)}": named twice`);
  const shares =
    options.split === undefined ? null : toShares(options.split, Math.max(1, variations.length));

  const { id: siteId } = await findSite(session, site);
  const goalIds: string[] = [];
  for (const goal of options.goal) goalIds.push((await findGoal(session, siteId, goal)).id);
  const named = options.mainGoal;
  const main = named === undefined ? goalIds[0] : (await findGoal(session, siteId, named)).id;
  if (main !== undefined && !goalIds.includes(main)) goalIds.unshift(main);
  const segmentId = options.segment === undefined ? null : toId(options.segment, '--segment');
  if (segmentId !== null) {
    const segment = await session.api.segments.read(segmentId);
    if (segment.siteId !== null && segment.siteId !== siteId)
      throw new InputFault(
        `--segment ${segmentId}: belongs to project ${segment.siteId}, not to ${siteId}`,
      );
  }
  return {
    ...{ siteId, name, url, variations, shares, segmentId },
    type: options.type,
    goalIds: [...new Set(goalIds)],
    mainGoalId: main ?? null,
    isLaunched: options.launch === true,
  };
}

const CODE_FILES = /=([^=]*\.(?:js|css)(?:,[^=,]*\.(?:js|css))?)$/i;

/** `Green button=green.js,green.css`: everything before the last `=` is the name, where files follow it. */
function toVariation(folder: string, text: string): WantedVariation {
  const match = CODE_FILES.exec(text);
  const name = (match === null ? text : text.slice(0, match.index)).trim();
  if (name === '') throw new InputFault(`--variation "${plain(text)}": a name is missing`);
  if (match === null && /=\S*\.[a-z]{1,4}$/i.test(text))
    throw new InputFault(`--variation "${plain(text)}": code files end in .js or .css`);
  const files = (match?.[1] ?? '').split(',').filter((file) => file !== '');
  const js = files.filter((file) => /\.js$/i.test(file));
  const css = files.filter((file) => /\.css$/i.test(file));
  if (js.length > 1 || css.length > 1)
    throw new InputFault(`--variation "${plain(text)}": one .js and one .css at most`);
  return {
    name,
    ...(js[0] !== undefined && { jsCode: readCode(folder, js[0]) }),
    ...(css[0] !== undefined && { cssCode: readCode(folder, css[0]) }),
  };
}

/** `50/25/25`: percent of the visitors, the original first. */
function toShares(text: string, variations: number): readonly number[] {
  const shares = text
    .split('/')
    .map((part) => (/^\d+(\.\d+)?$/.test(part.trim()) ? Number(part) / 100 : NaN));
  const sum = shares.reduce((all, share) => all + share, 0);
  if (shares.some(Number.isNaN))
    throw new InputFault(
      `--split "${plain(text).slice(0, 60)}": percents with / between them, such as 50/25/25`,
    );
  if (shares.length !== variations + 1)
    throw new InputFault(
      `--split "${text}": ${shares.length} shares for the original and ${variations} ${variations === 1 ? 'variation' : 'variations'}`,
    );
  if (Math.abs(sum - 1) > 0.01)
    throw new InputFault(
      `--split "${text}": adds up to ${Math.round(sum * 10_000) / 100}, not to 100`,
    );
  return shares;
}

/** Shares by the keys of the API; equal ones where nothing was said. */
export function toDeviations(
  shares: readonly number[] | null,
  variationIds: readonly string[],
): Record<string, number> {
  const keys = ['origin', ...variationIds];
  // The last takes what rounding leaves, so that they add up to one.
  const equal = Math.floor(1e4 / keys.length) / 1e4;
  return Object.fromEntries(
    keys.map((key, at) => [
      key,
      shares?.[at] ??
        (at < keys.length - 1 ? equal : Math.round((1 - equal * (keys.length - 1)) * 1e4) / 1e4),
    ]),
  );
}
