import { QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ExperimentList } from '@/components/experiment/list/experiment-list';
import { WordsProvider } from '@/components/ui/words-provider';
import type { ListBody } from '@/lib/client/api';
import { listOptions, seedList } from '@/lib/client/list-query';
import { LivePage } from '@/lib/client/live/live-page';
import { createQueryClient } from '@/lib/client/query-client';
import { FIRST_VIEW, NO_FILTER, REST, type ListView } from '@/lib/core/live/list-ask';
import { toProblem, type ProblemCode } from '@/lib/core/problem/problem';
import { aListBody } from '@/tests/builders/list-body';
import { aReading, NOW_MS } from '@/tests/builders/reading';

const resting = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    aReading({
      key: String(1 + at),
      experiment: { name: `Old ${at}`, status: 'stopped' },
      analysis: null,
      freshness: { state: 'waiting', asOfMs: null },
    }),
  );

/** 20 of 3,000 stopped experiments, of which few have been read back. */
const anArchive = (more: Partial<ListBody> = {}, rows = 20): ListBody =>
  aListBody(resting(rows), {
    totals: { ...aListBody([]).totals, 'at-rest': 3_000 },
    total: 3_000,
    all: 3_000,
    progress: { read: 0, total: 0, atRest: { read: 214, total: 3_000 } },
    ...more,
  });

/** The list as it is read out. */
function read(body: ListBody, view: ListView = FIRST_VIEW): string {
  const client = createQueryClient();
  seedList(client, view, body);
  const list = client.getQueryData(listOptions(client, view).queryKey)!;
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <WordsProvider locale="en" timeZone="UTC">
        <LivePage questionKeys={[]} nowMs={NOW_MS}>
          <ExperimentList
            list={list}
            problem={null}
            isSearching={false}
            state={{
              filter: view.filter,
              asked: view,
              setFilter: () => undefined,
              showMore: () => undefined,
            }}
            watchRow={() => () => undefined}
          />
        </LivePage>
      </WordsProvider>
    </QueryClientProvider>,
  ).replaceAll(/<[^>]+>/g, ' ');
}

const words = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('the list of thousands', () => {
  it('says how many of how many it shows, and offers more', () => {
    const page = words(read(anArchive()));
    expect(page).toContain('20 of 3,000 shown:');
    expect(page).toContain('At rest 20 of 3,000');
    expect(page).toContain('Show 50 more');
    expect(page.match(/Old \d+/g)).toHaveLength(20);
  });

  it('offers the rest where that is less, and nothing where all is there', () => {
    const totals = { ...aListBody([]).totals, 'at-rest': 23 };
    expect(words(read(anArchive({ totals, total: 23 })))).toContain('Show 3 more');
    const all = words(read(aListBody(resting(20))));
    expect(all).toContain('At rest 20');
    expect(all).not.toMatch(/more|of 20/);
  });

  it('sends to the search where no more can be shown', () => {
    const page = words(read(anArchive(), { ...FIRST_VIEW, rest: REST.most }));
    expect(page).toContain('Search to find the others.');
    expect(page).not.toContain('Show');
  });

  it('tells how far reading back has come, until it is done', () => {
    expect(words(read(anArchive()))).toContain(
      '214 of 3,000 finished experiments read back so far; one you open is read first.',
    );
    const done = { read: 0, total: 0, atRest: { read: 3_000, total: 3_000 } };
    expect(words(read(anArchive({ progress: done })))).not.toContain('read back so far');
  });

  it('does not call missing what is not listed yet', () => {
    const listing = { isWhole: false, read: 984, total: 3_200 };
    expect(words(read(anArchive({ listing })))).toContain(
      '984 of 3,200 experiments are listed so far.',
    );
    const view = { ...FIRST_VIEW, filter: { ...NO_FILTER, search: 'x' } };
    expect(words(read(aListBody([], { listing }), view))).toContain('No experiment matches so far');
    expect(words(read(aListBody([]), view))).toContain('No experiment matches.');
  });

  it('says of the rows that a filter left that none is running', () => {
    const view = { ...FIRST_VIEW, filter: { ...NO_FILTER, status: 'stopped' } };
    expect(words(read(anArchive(), view))).toContain('None of these is running');
    expect(words(read(anArchive()))).toContain('Nothing running');
  });
});

describe('rows that could not be read again', () => {
  const failed = (key: string, code: ProblemCode, retryAtMs?: number) =>
    aReading({
      key,
      freshness: {
        state: 'failed',
        asOfMs: NOW_MS - 60_000,
        problem: toProblem(code, 'x', retryAtMs === undefined ? {} : { retryAtMs }),
      },
    });

  it('says how many, the cause that most share, and when the first of them is tried again', () => {
    const page = words(
      read(
        aListBody([
          failed('1', 'upstream-forbidden', NOW_MS + 5_000),
          failed('2', 'upstream-unreachable', NOW_MS + 40_000),
          failed('3', 'upstream-unreachable', NOW_MS + 20_000),
          aReading({ key: '4' }),
        ]),
      ),
    );
    expect(page).toContain(
      '3 running experiments could not be read again; the last figures stay. Kameleoon could not be reached. Tried again in 20 s.',
    );
    expect(words(read(aListBody([aReading()])))).not.toContain('could not be read');
  });

  it('says it once where the list itself fails as well', () => {
    const problem = toProblem('upstream-unreachable', 'x');
    const page = words(read(aListBody([failed('1', 'upstream-unreachable')], { problem })));
    expect(page.match(/could not be reached/g)).toHaveLength(1);
  });
});

it('connects to nothing where a filter leaves nothing', () => {
  const view = { ...FIRST_VIEW, filter: { ...NO_FILTER, search: 'x' } };
  expect(words(read(aListBody([]), view))).not.toContain('Connecting');
  expect(words(read(aListBody([aReading()])))).toContain('Connecting');
});

describe('a store that keeps nothing', () => {
  it('is said in one line, once, and only then', () => {
    const storeProblem = toProblem('store-failed', 'disk full');
    const page = words(read(aListBody([aReading()], { storeProblem })));
    expect(page.match(/Nothing is remembered at the moment/g)).toHaveLength(1);
    expect(page).toContain('Live numbers go on.');
    expect(words(read(aListBody()))).not.toContain('Nothing is remembered');
  });
});
