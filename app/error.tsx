'use client';

import { MessagePage } from '@/components/ui/message-page';
import { PageFrame } from '@/components/ui/page-frame';
import { say } from '@/lib/core/words/say';

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const next = error.digest
    ? say('page.failedNext', { digest: error.digest })
    : say('page.failedNextPlain');
  return (
    <PageFrame>
      <MessagePage title={say('page.failed')} next={next} onTryNow={reset} />
    </PageFrame>
  );
}
