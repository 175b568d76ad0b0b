import 'server-only';

/** A stream about so few experiments belongs to an open page of one; a list looks at dozens. */
const FOCUSED_AT_ONCE = 3;

/** Who is looked at, and how: as one row of a list, or on a page of its own. */
export interface Attention {
  /** Somebody came or left. Answers of which subjects it is the first or the last, or the first or last of its kind. */
  count(subjects: ReadonlySet<string>, step: 1 | -1): readonly string[];
  isWatched(subject: string): boolean;
  isFocused(subject: string): boolean;
  watched(): ReadonlySet<string>;
}

export function createAttention(): Attention {
  const viewersOf = new Map<string, number>();
  const pagesOf = new Map<string, number>();
  return {
    count(subjects, step) {
      const isPage = subjects.size <= FOCUSED_AT_ONCE;
      return [...subjects].filter((subject) => {
        const isTurn = add(viewersOf, subject, step);
        return (isPage && add(pagesOf, subject, step)) || isTurn;
      });
    },
    isWatched: (subject) => viewersOf.has(subject),
    isFocused: (subject) => pagesOf.has(subject),
    watched: () => new Set(viewersOf.keys()),
  };
}

/** Answers whether the first came or the last left. */
function add(counts: Map<string, number>, key: string, step: 1 | -1): boolean {
  const before = counts.get(key) ?? 0;
  const after = before + step;
  if (after === 0) counts.delete(key);
  else counts.set(key, after);
  return before === 0 || after === 0;
}
