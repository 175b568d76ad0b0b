import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { connection } from 'next/server';
import { ListPage } from '@/components/experiment/list/list-page';
import { PageFrame } from '@/components/ui/page-frame';
import { seedList } from '@/lib/client/queries';
import { createQueryClient } from '@/lib/client/query-client';
import { readListPage } from '@/lib/server/http/pages';

export default async function Page() {
  await connection();
  const { list, locale, timeZone } = await readListPage();
  const client = createQueryClient();
  seedList(client, list);
  return (
    <PageFrame locale={locale} timeZone={timeZone} here="list">
      <HydrationBoundary state={dehydrate(client)}>
        <ListPage nowMs={list.nowMs} />
      </HydrationBoundary>
    </PageFrame>
  );
}
