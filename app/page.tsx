import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { connection } from 'next/server';
import { parseView } from '@/components/experiment/list/list-address';
import { ListPage } from '@/components/experiment/list/list-page';
import { PageFrame } from '@/components/ui/page-frame';
import { seedList } from '@/lib/client/list-query';
import { createQueryClient } from '@/lib/client/query-client';
import { readListPage } from '@/lib/server/http/pages';

interface PageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ searchParams }: PageProps) {
  await connection();
  const view = parseView(new URLSearchParams(firstTexts(await searchParams)));
  const { list, locale, timeZone } = await readListPage(view);
  const client = createQueryClient();
  seedList(client, view, list);
  return (
    <PageFrame locale={locale} timeZone={timeZone} here="list">
      <HydrationBoundary state={dehydrate(client)}>
        <ListPage nowMs={list.nowMs} />
      </HydrationBoundary>
    </PageFrame>
  );
}

/** Of what is given twice the first counts, as in the browser. */
const firstTexts = (search: Awaited<PageProps['searchParams']>): string[][] =>
  Object.entries(search).flatMap(([name, value]) => {
    const text = typeof value === 'object' ? value[0] : value;
    return text === undefined ? [] : [[name, text]];
  });
