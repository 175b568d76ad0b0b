import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { ExperimentPage } from '@/components/experiment/experiment-page';
import { PageFrame } from '@/components/ui/page-frame';
import { seedNotes } from '@/lib/client/notes-query';
import { seedPage } from '@/lib/client/queries';
import { createQueryClient } from '@/lib/client/query-client';
import { parseQuestion, questionKey } from '@/lib/core/experiment/question';
import { readExperimentPage } from '@/lib/server/http/pages';

interface PageProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Page({ params, searchParams }: PageProps) {
  await connection();
  const key = toQuestionKey((await params).id, await searchParams);
  const page = key === null ? null : await readExperimentPage(key);
  if (page === null) notFound();
  const { reading, curve, notes, nowMs, locale, timeZone } = page;
  const client = createQueryClient();
  seedPage(client, reading, curve);
  if (notes) seedNotes(client, notes);
  return (
    <PageFrame locale={locale} timeZone={timeZone}>
      <HydrationBoundary state={dehydrate(client)}>
        <ExperimentPage questionKey={reading.questionKey} nowMs={nowMs} />
      </HydrationBoundary>
    </PageFrame>
  );
}

/** The parts of a question as the address has them; null where they make none. */
function toQuestionKey(
  id: string,
  search: Readonly<Record<string, string | string[] | undefined>>,
): string | null {
  const parts = (['goal', 'ref', 'level', 'at'] as const).flatMap((name) =>
    search[name] === undefined ? [] : [`${name}=${String(search[name])}`],
  );
  const parsed = parseQuestion([id, ...parts].join(';'));
  return parsed.ok ? questionKey(parsed.question) : null;
}
