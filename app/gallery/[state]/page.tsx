import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { notFound } from 'next/navigation';
import { ExperimentPage } from '@/components/experiment/experiment-page';
import { PageFrame } from '@/components/ui/page-frame';
import { seedPage } from '@/lib/client/queries';
import { createQueryClient } from '@/lib/client/query-client';
import { NOW_MS } from '@/tests/builders/reading';
import { galleryReadings } from '@/tests/builders/gallery';

export default async function Page({ params }: { params: Promise<{ state: string }> }) {
  const made = galleryReadings()[(await params).state];
  if (!made) notFound();
  const client = createQueryClient();
  seedPage(client, made.reading, made.curve);
  return (
    <PageFrame timeZone="Europe/Paris">
      <HydrationBoundary state={dehydrate(client)}>
        <ExperimentPage questionKey={made.reading.questionKey} nowMs={NOW_MS} />
      </HydrationBoundary>
    </PageFrame>
  );
}
