import { MessagePage } from '@/components/ui/message-page';
import { PageFrame } from '@/components/ui/page-frame';
import { say } from '@/lib/core/words/say';

export default function NotFound() {
  return (
    <PageFrame>
      <MessagePage title={say('page.pageNotFound')} next={say('page.notFoundNext')} />
    </PageFrame>
  );
}
