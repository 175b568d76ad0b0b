import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { connection } from 'next/server';
import { ListPage } from '@/components/experiment/list/list-page';
import { PageFrame } from '@/components/ui/page-frame';
import { seedList } from '@/lib/client/queries';
import { createQueryClient } from '@/lib/client/query-client';
import { NOW_MS } from '@/tests/builders/reading';
import { galleryReadings } from '@/tests/builders/gallery';

export default async function Page({ searchParams }: { searchParams: Promise<{ case?: string }> }) {
  await connection();
  const kind = (await searchParams).case ?? '';
  const all = Object.values(galleryReadings()).map(({ reading }) => reading);
  const readings = kind === 'empty' ? [] : all;
  const client = createQueryClient();
  seedList(client, {
    experiments: readings.map((reading) => ({
      id: reading.experiment.id,
      name: reading.experiment.name,
      status: reading.experiment.status,
      project: reading.experiment.project,
      verdict: reading.analysis?.verdict ?? null,
      reading,
    })),
    progress: kind === 'cold' ? { read: 37, total: 100 } : { read: 9, total: 9 },
    nowMs: NOW_MS,
    problem: null,
  });
  return (
    <PageFrame timeZone="Europe/Paris" here="list">
      <HydrationBoundary state={dehydrate(client)}>
        <ListPage nowMs={NOW_MS} />
      </HydrationBoundary>
    </PageFrame>
  );
}
