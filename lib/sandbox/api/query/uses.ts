import type { Kind } from '@/lib/sandbox/state/kind';
import { isObject, type Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';

/** What goals and segments are told of those that use them is nowhere kept: it is looked up when they are read. */
export interface Uses {
  /** The row with its users; rows of other kinds as they are. */
  of(kind: Kind, row: Row): Row;
  /** Changes whenever a row of this kind may read otherwise. */
  stamp(kind: Kind): string;
}

const USERS = ['experiments', 'personalizations', 'feature-flags', 'segments'] as const;

/** By site and id, as a use across sites is none. */
type Index = ReadonlyMap<string, readonly number[]>;

interface Indexes {
  readonly goalExperiments: Index;
  readonly goalPersonalizations: Index;
  readonly goalFlags: Index;
  readonly segmentExperiments: Index;
  readonly segmentPersonalizations: Index;
  readonly linkedSegments: Index;
}

const known = new WeakMap<State, Uses>();

/** One for each state, so that all who ask share what was looked up. */
export function usesOf(state: State): Uses {
  const uses = known.get(state) ?? createUses(state);
  known.set(state, uses);
  return uses;
}

function createUses(state: State): Uses {
  let kept: { readonly stamp: string; readonly indexes: Indexes } | undefined;
  const usersStamp = (): string => USERS.map((kind) => state.of(kind).revision).join('.');
  const indexes = (): Indexes => {
    const stamp = usersStamp();
    if (kept?.stamp !== stamp) kept = { stamp, indexes: toIndexes(state) };
    return kept.indexes;
  };

  return {
    stamp: (kind) => {
      const own = String(state.of(kind).revision);
      return isUsed(kind) ? `${own}/${usersStamp()}` : own;
    },
    of: (kind, row) => {
      if (!isUsed(kind)) return row;
      const key = toKey(row, row['id']);
      const found = indexes();
      if (kind === 'goals') {
        const experiments = found.goalExperiments.get(key) ?? [];
        const personalizations = found.goalPersonalizations.get(key) ?? [];
        return {
          ...row,
          experimentAmount: experiments.length,
          experiments,
          featureFlagAmount: found.goalFlags.get(key)?.length ?? 0,
          personalizationAmount: personalizations.length,
          personalizations,
        };
      }
      const experiments = found.segmentExperiments.get(key) ?? [];
      const personalizations = found.segmentPersonalizations.get(key) ?? [];
      return {
        ...row,
        usedBySegmentCondition: found.linkedSegments.has(key),
        experimentAmount: experiments.length,
        experiments,
        personalizationAmount: personalizations.length,
        personalizations,
      };
    },
  };
}

const isUsed = (kind: Kind): boolean => kind === 'goals' || kind === 'segments';

function toIndexes(state: State): Indexes {
  const { rows: experiments } = state.of('experiments');
  const { rows: personalizations } = state.of('personalizations');
  const toGoals = (row: Row): unknown => row['goals'];
  const toSegment = (row: Row): unknown => [row['targetingSegmentId']];
  return {
    goalExperiments: toIndex(experiments, toGoals),
    goalPersonalizations: toIndex(personalizations, toGoals),
    goalFlags: toIndex(state.of('feature-flags').rows, (row) => [
      row['primaryGoalId'],
      ...(Array.isArray(row['secondaryGoalIds']) ? (row['secondaryGoalIds'] as unknown[]) : []),
    ]),
    segmentExperiments: toIndex(experiments, toSegment),
    segmentPersonalizations: toIndex(personalizations, toSegment),
    linkedSegments: toIndex(state.of('segments').rows, toLinked),
  };
}

/** Segments that a segment's own conditions refer to. */
function toLinked(row: Row): unknown {
  const data = row['conditionsData'];
  const groups = isObject(data) && Array.isArray(data['firstLevel']) ? data['firstLevel'] : [];
  return groups.flatMap((group: unknown) => {
    const conditions = isObject(group) ? group['conditions'] : undefined;
    if (!Array.isArray(conditions)) return [];
    return conditions.map((leaf: unknown) => (isObject(leaf) ? leaf['linkedSegmentId'] : null));
  });
}

function toIndex(rows: readonly Row[], toIds: (row: Row) => unknown): Index {
  const index = new Map<string, number[]>();
  for (const row of rows) {
    const ids = toIds(row);
    if (!Array.isArray(ids)) continue;
    for (const id of new Set(ids.filter((one) => typeof one === 'number'))) {
      const key = toKey(row, id);
      const users = index.get(key);
      if (users === undefined) index.set(key, [Number(row['id'])]);
      else users.push(Number(row['id']));
    }
  }
  return index;
}

const toKey = (row: Row, id: unknown): string => `${String(row['siteId'])}:${String(id)}`;
