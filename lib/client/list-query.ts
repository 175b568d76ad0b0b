/** The list in the query cache: which rows, and how many there are. Each row's reading is a datum of its own. */
import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { fetchList, listSearch, type ListBody } from '@/lib/client/api';
import { pulseOptions, readingOptions } from '@/lib/client/queries';
import { REST, type ListView } from '@/lib/core/live/list-ask';

export interface ListDatum extends Pick<
  ListBody,
  'totals' | 'total' | 'all' | 'listing' | 'projects' | 'asOfMs' | 'problem'
> {
  /** What it answers. */
  readonly view: ListView;
  /** The rows, in the order of the server. */
  readonly keys: readonly string[];
}

/** New experiments are few: the stream renews what is known, this finds what is not. */
const RENEW_MS = 60_000;
/** While no list is known at all. */
const RENEW_COLD_MS = 1_000;
/** While it is still being listed, page by page. */
const RENEW_GROWING_MS = 15_000;
/** While the server could not renew it: its line of warning must not outlive the fault. */
const RENEW_FAILED_MS = 10_000;
/** After the tries of one ask have failed. */
const RETRY_MS = 5_000;
/** A view left a moment ago is shown as it was; one left earlier is asked for anew. */
const FRESH_MS = 10_000;

export const listOptions = (client: QueryClient, view: ListView) =>
  queryOptions({
    queryKey: ['list', listSearch({ kind: 'view', ...view })] as const,
    queryFn: async ({ queryKey, signal }): Promise<ListDatum> => {
      const begun = client.getQueryData<ListDatum>(queryKey) ? null : findBegun(client, view);
      if (begun) return continueList(client, begun, view, signal);
      return putList(client, view, await fetchList({ kind: 'view', ...view }, signal));
    },
    // Another search is another datum; the rows of the last one stay until it is there.
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => {
      if (state.status === 'error') return RETRY_MS;
      if (state.data?.asOfMs === null) return RENEW_COLD_MS;
      if (state.data?.problem) return RENEW_FAILED_MS;
      return state.data?.listing.isWhole === false ? RENEW_GROWING_MS : RENEW_MS;
    },
  });

export function seedList(client: QueryClient, view: ListView, body: ListBody): void {
  client.setQueryData(listOptions(client, view).queryKey, putList(client, view, body));
}

/** The same list before the last "Show more": only what follows it has to be asked for. */
function findBegun(client: QueryClient, view: ListView): ListDatum | null {
  const before: ListView = { ...view, rest: view.rest - REST.more };
  const begun = client.getQueryData(listOptions(client, before).queryKey);
  const isRestFull = begun && begun.totals['at-rest'] >= before.rest;
  return isRestFull && before.rest >= REST.first ? begun : null;
}

async function continueList(
  client: QueryClient,
  begun: ListDatum,
  view: ListView,
  signal: AbortSignal,
): Promise<ListDatum> {
  const { filter, rest } = view;
  const offset = begun.view.rest;
  const run = { kind: 'run', filter, group: 'at-rest', offset, limit: rest - offset } as const;
  const more = putList(client, view, await fetchList(run, signal));
  return { ...more, total: begun.total, keys: [...new Set([...begun.keys, ...more.keys])] };
}

function putList(client: QueryClient, view: ListView, body: ListBody): ListDatum {
  for (const { reading } of body.experiments)
    client.setQueryData(readingOptions(reading.questionKey).queryKey, (known) =>
      // The stream may have been faster than this answer.
      (known?.freshness.asOfMs ?? 0) > (reading.freshness.asOfMs ?? 0) ? known : reading,
    );
  const { totals, total, all, listing, projects, progress, asOfMs, problem, storeProblem } = body;
  client.setQueryData(pulseOptions.queryKey, { progress, storeProblem });
  const keys = body.experiments.map(({ reading }) => reading.questionKey);
  return { view, keys, totals, total, all, listing, projects, asOfMs, problem };
}
