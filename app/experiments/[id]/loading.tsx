import { PageLoading } from '@/components/experiment/page-loading';
import { PageFrame } from '@/components/ui/page-frame';

export default function Loading() {
  return (
    <PageFrame>
      <PageLoading />
    </PageFrame>
  );
}
