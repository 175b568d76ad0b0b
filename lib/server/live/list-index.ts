import 'server-only';
import type { ExperimentStatus, Project } from '@/lib/core/experiment/experiment';
import { questionKey, toQuestion } from '@/lib/core/experiment/question';
import {
  isFiltered,
  LIST_GROUPS,
  rowsOf,
  type ListAsk,
  type ListFilter,
  type ListGroup,
} from '@/lib/core/live/list-ask';
import { matchesSearch, toSearchText, toSearchWords } from '@/lib/core/live/search-text';
import { compareStandings, namesIn, toStanding, type Standing } from '@/lib/core/words/standing';
import type { Track } from '@/lib/server/experiments/track';

export interface ListIndex<T> {
  select(ask: ListAsk): Selection<T>;
}

export interface Selection<T> {
  /** The rows asked for, in the order of the page. */
  readonly tracks: readonly T[];
  readonly totals: Readonly<Record<ListGroup, number>>;
  readonly total: number;
  readonly all: number;
  readonly projects: readonly Project[];
}

type ListedTrack = Pick<Track, 'experiment' | 'analysis' | 'revision'>;

interface Entry<T> {
  readonly track: T;
  readonly revision: number;
  readonly standing: Standing;
  readonly status: ExperimentStatus;
  readonly project: Project;
  readonly searchText: string;
}

/** Order of the answers; a page sorts what it shows by its own language. */
const LOCALE = 'en';

/** Where these stand is known without their figures. */
const RESTING: ReadonlySet<ExperimentStatus> = new Set(['paused', 'stopped', 'draft']);

/** Which rows an ask is about. Of thousands of experiments only those that changed since the last ask are judged. */
export function createListIndex<T extends ListedTrack>(tracks: () => readonly T[]): ListIndex<T> {
  const compare = compareStandings(namesIn(LOCALE));
  let entries = new Map<T, Entry<T>>();
  let order: readonly Entry<T>[] = [];
  let projects: readonly Project[] = [];

  const renew = (): void => {
    const present = tracks();
    let hasChanged = false;
    let hasMoved = present.length !== order.length;
    for (const track of present) {
      const before = entries.get(track);
      if (before?.revision === track.revision()) continue;
      const entry = toEntry(track);
      hasChanged = true;
      if (!before || !isSamePlace(entry, before)) hasMoved = true;
      entries.set(track, entry);
    }
    if (hasMoved) sort(present);
    else if (hasChanged) order = order.map((entry) => entries.get(entry.track) ?? entry);
  };

  const sort = (present: readonly T[]): void => {
    const coming = new Set(present);
    const staying = order.filter(({ track }) => coming.delete(track));
    // Nearly sorted already, which is what makes this cheap.
    order = [...staying.map(({ track }) => track), ...coming]
      .flatMap((track) => entries.get(track) ?? [])
      .sort((a, b) => compare(a.standing, b.standing));
    entries = new Map(order.map((entry) => [entry.track, entry]));
    projects = toProjects(order);
  };

  return {
    select(ask) {
      renew();
      const found = isFiltered(ask.filter) ? narrow(order, ask.filter) : order;
      const totals = countGroups(found);
      const one = ask.kind === 'run' ? ask.group : null;
      return {
        tracks: slice(found, ask).map(({ track }) => track),
        totals,
        total: one === null ? found.length : totals[one],
        all: order.length,
        projects,
      };
    },
  };
}

function toEntry<T extends ListedTrack>(track: T): Entry<T> {
  const experiment = track.experiment();
  const { id, status, project } = experiment;
  const question = toQuestion(id);
  return {
    track,
    revision: track.revision(),
    standing: toStanding({
      questionKey: questionKey(question),
      experiment,
      analysis: RESTING.has(status) ? null : track.analysis(question),
    }),
    status,
    project,
    searchText: toSearchText(experiment),
  };
}

type Placed = Omit<Entry<unknown>, 'track'>;

const isSamePlace = (a: Placed, b: Placed): boolean =>
  a.standing.group === b.standing.group &&
  a.standing.shape === b.standing.shape &&
  a.standing.name === b.standing.name &&
  a.standing.isRunning === b.standing.isRunning &&
  a.standing.restedAtMs === b.standing.restedAtMs &&
  a.project.name === b.project.name;

function narrow<E extends Placed>(
  order: readonly E[],
  { search, project, status }: ListFilter,
): readonly E[] {
  const words = toSearchWords(search);
  return order.filter(
    (entry) =>
      (project === '' || entry.project.id === project) &&
      (status === '' || entry.status === status) &&
      matchesSearch(entry.searchText, words),
  );
}

const inEachGroup = (toCount: (group: ListGroup) => number): Record<ListGroup, number> =>
  Object.fromEntries(LIST_GROUPS.map((group) => [group, toCount(group)])) as Record<
    ListGroup,
    number
  >;

function countGroups(found: readonly Placed[]): Record<ListGroup, number> {
  const totals = inEachGroup(() => 0);
  for (const { standing } of found) totals[standing.group] += 1;
  return totals;
}

function slice<E extends Placed>(found: readonly E[], ask: ListAsk): readonly E[] {
  if (ask.kind === 'view') {
    const left = inEachGroup((group) => rowsOf(ask, group));
    return found.filter(({ standing }) => (left[standing.group] -= 1) >= 0);
  }
  const { group, offset, limit } = ask;
  const rows = group === null ? found : found.filter(({ standing }) => standing.group === group);
  return rows.slice(offset, offset + limit);
}

function toProjects(entries: readonly Placed[]): readonly Project[] {
  const byId = new Map(entries.map(({ project }) => [project.id, project]));
  const byName = new Intl.Collator(LOCALE, { numeric: true });
  return [...byId.values()].sort((a, b) => byName.compare(a.name, b.name));
}
