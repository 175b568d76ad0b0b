import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { KnownExperiments } from '@/lib/server/experiments/known-experiments';
import type { CataloguePart, ListPage, ListPart } from '@/lib/server/kameleoon/client';
import { FIRST_PAGE } from '@/lib/server/kameleoon/client';

/** How far the whole list has been read. */
export interface ListProgress {
  /** Experiments known. */
  readonly read: number;
  /** How many there are, rounded up to whole pages while they are being read; null while nothing says. */
  readonly total: number | null;
}

/** The whole list, page after page. What it lacks is gone only when that is certain. */
export interface WholeList {
  /** Reads the next page. Throws ProblemError; the page is then asked for again. */
  turnPage(): Promise<CataloguePart>;
  /** Another part of the list has just shown these: this round cannot lose them. */
  saw(ids: readonly ExperimentId[]): void;
  /** What an earlier process knew was the whole. */
  restored(): void;
  /** Whether a round has begun and not ended. */
  isUnderWay(): boolean;
  /** Whether it has been read to its end, here or in an earlier process. */
  isKnown(): boolean;
  progress(): ListProgress;
  /** Pages of the last whole round; 0 before. */
  pages(): number;
  /** Rows of the last whole round that could not be read. */
  quarantined(): number;
}

export interface WholeListOptions {
  readonly known: KnownExperiments;
  readonly read: (part: ListPart) => Promise<CataloguePart>;
}

/** How many of those that a round lacks are asked for by id. */
const MAX_ASKED = 100;

export function createWholeList(options: WholeListOptions): WholeList {
  const { known, read } = options;
  let at: ListPage = FIRST_PAGE;
  let seen = new Set<ExperimentId>();
  let order: ExperimentId[] = [];
  let odd = 0;
  let turned = 0;
  let total: number | null = null;
  let isKnown = false;
  let lastRound = { pages: 0, quarantined: 0 };
  /** Lacking in the round before: one that is lacking twice is gone. */
  let lacking = new Set<ExperimentId>();

  /** A row may slip to a page already turned, so nobody is gone for not having been seen. */
  const settle = async (): Promise<void> => {
    const missing = known.all().flatMap(({ id }) => (seen.has(id) ? [] : [id]));
    const asked = missing.slice(0, MAX_ASKED);
    const part = asked.length > 0 ? await read({ kind: 'ids', ids: asked }) : null;
    known.put(part?.experiments ?? []);
    const found = new Set([
      ...(part?.experiments ?? []).map(({ id }) => id),
      ...(part?.unreadable ?? []),
    ]);
    const still = missing.filter((id) => !found.has(id));
    known.remove([...(part?.gone ?? []), ...still.filter((id) => lacking.has(id))]);
    lacking = new Set(still);
    known.arrange(order);
  };

  return {
    async turnPage() {
      const page = await read({ kind: 'page', page: at });
      known.put(page.experiments);
      for (const { id } of page.experiments) {
        seen.add(id);
        order.push(id);
      }
      for (const id of page.unreadable) seen.add(id);
      odd += page.quarantined;
      turned += 1;
      if (!isKnown) total = page.total;
      if (page.next) {
        at = page.next;
        return page;
      }
      lastRound = { pages: turned, quarantined: odd };
      await settle();
      isKnown = true;
      [at, seen, order, odd, turned] = [FIRST_PAGE, new Set(), [], 0, 0];
      return page;
    },
    saw: (ids) => {
      for (const id of ids) seen.add(id);
    },
    restored() {
      isKnown = true;
    },
    isUnderWay: () => turned > 0,
    isKnown: () => isKnown,
    progress: () => ({
      read: known.size(),
      total: isKnown ? known.size() : total === null ? null : Math.max(total, known.size()),
    }),
    pages: () => lastRound.pages,
    quarantined: () => lastRound.quarantined,
  };
}
