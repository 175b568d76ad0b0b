import { BandGallery } from './bands';
import { PageFrame } from '@/components/ui/page-frame';

export default function Page() {
  return (
    <PageFrame timeZone="Europe/Paris">
      <BandGallery />
    </PageFrame>
  );
}
